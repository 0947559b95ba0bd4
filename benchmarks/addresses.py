"""Recognising posts' addresses: how many of the known forms and traps are told right, and microseconds an address: prints JSON.

    python benchmarks/addresses.py [--rounds N]

The addresses are those of tests/cases/addresses. The peer is ural (medialab's URL library), if it is installed beside: it knows
five of the platforms. Told of each address which platform to try it has nothing to guess; not told, its five parsers are tried.
Times are of the processor, so that a busy machine does not count.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from monitor.platforms import PLATFORMS, address_of

FOLDER = Path(__file__).parent.parent / "tests" / "cases" / "addresses"
PEER_KNOWS = ("x", "youtube", "facebook", "instagram", "telegram")

Recognise = Callable[[str, str], str | None]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=20)
    rounds = options.parse_args().rounds
    cases = [case for name in PLATFORMS for case in cases_of(name)]
    shared = [case for case in cases if case[0] in PEER_KNOWS]
    figures: dict[str, object] = {
        "addresses": len(cases),
        "platforms": len(PLATFORMS),
        "ours": told(ours, cases, rounds),
        "ours_on_the_peers_platforms": told(ours, shared, rounds),
        "ural_on_its_platforms": None,
    }
    peer = ural()
    if peer is not None:
        figures["ural_version"] = version("ural")
        figures["ural_on_its_platforms"] = told(peer, shared, rounds)
        mine = figures["ours_on_the_peers_platforms"]["microseconds"]
        untold = told(lambda _, url: next(filter(None, (peer(name, url) for name in PEER_KNOWS)), None), shared, rounds)
        figures["ural_not_told_the_platform"] = untold
        figures["ural_time_over_ours"] = round(figures["ural_on_its_platforms"]["microseconds"] / mine, 2)
        figures["ural_time_over_ours_not_told"] = round(untold["microseconds"] / mine, 2)
    json.dump(figures, sys.stdout, indent=1)
    print()


def cases_of(platform: str) -> list[tuple[str, str, str]]:
    """(platform, id or "-", address); short links are left out."""
    lines = (FOLDER / f"{platform}.txt").read_text(encoding="utf-8").splitlines()
    found = [(platform, *line.split(" ", 1)) for line in lines if line and not line.startswith("#")]
    return [case for case in found if case[1] != "~"]


def told(recognise: Recognise, cases: list[tuple[str, str, str]], rounds: int) -> dict[str, float]:
    """How many posts were named right, how many addresses of no post were taken for one, and the time an address."""
    answers = [(wanted, recognise(platform, url)) for platform, wanted, url in cases]
    best = min(timed(recognise, cases) for _ in range(rounds))
    posts = [(wanted, answer) for wanted, answer in answers if wanted != "-"]
    traps = [answer for wanted, answer in answers if wanted == "-"]
    return {
        "posts": len(posts),
        "found": sum(wanted.lower() == (answer or "").lower() for wanted, answer in posts),
        "traps": len(traps),
        "false": sum(answer is not None for answer in traps),
        "microseconds": round(best / len(cases) * 1e6, 1),
    }


def timed(recognise: Recognise, cases: list[tuple[str, str, str]]) -> float:
    started = time.process_time()
    for platform, _, url in cases:
        recognise(platform, url)
    return time.process_time() - started


def ours(_: str, url: str) -> str | None:
    found = address_of(url)
    return found.post_id if found else None


def ural() -> Recognise | None:
    """The peer, told the platform; None when it is not installed."""
    try:
        version("ural")
    except PackageNotFoundError:
        return None
    from ural.facebook import FacebookPhoto, FacebookPost, FacebookVideo, parse_facebook_url
    from ural.instagram import InstagramPost, InstagramReel, parse_instagram_url
    from ural.telegram import TelegramMessage, parse_telegram_url
    from ural.twitter import TwitterTweet, parse_twitter_url
    from ural.youtube import YoutubeShort, YoutubeVideo, parse_youtube_url

    parsers = {
        "x": (parse_twitter_url, (TwitterTweet,)),
        "youtube": (parse_youtube_url, (YoutubeVideo, YoutubeShort)),
        "facebook": (parse_facebook_url, (FacebookPost, FacebookVideo, FacebookPhoto)),
        "instagram": (parse_instagram_url, (InstagramPost, InstagramReel)),
        "telegram": (parse_telegram_url, (TelegramMessage,)),
    }

    def recognise(platform: str, url: str) -> str | None:
        parse, kinds = parsers[platform]
        try:
            found = parse(url)
        except (ValueError, TypeError, AttributeError, LookupError):
            return None
        if not isinstance(found, kinds):
            return None
        return f"{found.name}/{found.id}" if platform == "telegram" else str(found.id)

    return recognise


if __name__ == "__main__":
    main()
