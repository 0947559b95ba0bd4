"""`config/postwatch.toml`, declared once: name, type, default, meaning. The example file, checks and docs come from here.

`alerts.py` and `channels.py` declare those parts of it, `entries.py` watches.toml, `people.py` people.toml, `rules.py` the other two.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from monitor.settings.alerts import AlertOptions
from monitor.settings.channels import Channel
from monitor.settings.kinds import HostPort, HttpUrl, Seconds, http_url, listen_pair, time_zone
from monitor.settings.table import Table, Tags


def _pair_or_nothing(value: str) -> str:
    return listen_pair(value) if value else ""


class XOptions(Table):
    """X's API. The token comes from POSTWATCH_X_BEARER_TOKEN or the file named by POSTWATCH_X_BEARER_TOKEN_FILE."""

    api_url: HttpUrl = Field("https://api.x.com", description="Where the API answers.")
    oembed_url: HttpUrl = Field(
        "https://publish.x.com/oembed", description="X's free description of one post, asked when there is no token."
    )
    fields_parameter: Literal["tweet.fields", "post.fields"] = Field(
        "tweet.fields",
        description="How the API names the list of post fields; X's newer specification says post.fields.",
    )
    usd_per_post: float = Field(
        0.005, ge=0, description="Price of one post read, in US dollars (X's price list of August 2026)."
    )
    usd_per_user: float = Field(0.010, ge=0, description="Price of one account read, in US dollars.")


class NetOptions(Table):
    """What may leave this machine, and how."""

    allow: tuple[HostPort, ...] = Field(
        (),
        description='Exact host:port pairs that may be reached although their address is not public, such as "127.0.0.1:8081".',
    )
    ports: tuple[int, ...] = Field((80, 443), description="Ports that may be reached on public addresses.")
    upstream_proxy: str = Field(
        "", description="An HTTP proxy that all traffic goes through; the address checks are then the proxy's."
    )
    ca_bundle: str = Field(
        "", description="A PEM file of certificate authorities to trust instead of the built-in ones."
    )
    contact: str = Field(
        "", description="An address or page where a site's operator reaches you; it becomes part of the User-Agent."
    )
    timeout: Seconds = Field(20, description="The longest wait for a connection or for the next bytes.")
    total_timeout: Seconds = Field(60, description="The longest that one page may take in all.")
    max_page_bytes: int = Field(
        8_388_608, gt=0, description="The largest page that is read, in bytes after decompression."
    )
    max_redirects: int = Field(5, ge=0, le=20, description="How many redirects are followed; each is checked anew.")
    header: tuple["HeaderOption", ...] = Field((), description="Headers for single hosts.")


class HeaderOption(Table):
    """A header sent to one host only: your own paywall's key, for example. Its value comes from the environment."""

    host: str = Field(description="The exact host.", examples=["www.example.org"])
    name: str = Field(description="The header's name.", examples=["X-Newsroom-Key"])
    value_env: str = Field(
        description="The environment variable (or that name with _FILE) that holds its value.",
        examples=["NEWSROOM_PAYWALL_KEY"],
    )


class BudgetOptions(Table):
    """The most to spend on X. Reserved before each request leaves, settled after; the stop is hard."""

    usd_per_month: float = Field(10.0, ge=0, description="US dollars a calendar month (UTC).")
    alerts_at: tuple[int, ...] = Field((50, 80, 100), description="Percentages at which an alert is raised.")
    kept_for_cited: int = Field(
        30,
        ge=0,
        le=100,
        description="Percentage that only cited posts and checks may use, so that polling never starves them.",
    )


class MediaOptions(Table):
    """Videos and pictures of posts."""

    max_bytes: int = Field(500_000_000, gt=0, description="The largest file that is kept.")
    max_duration: Seconds = Field(1800, description="The longest clip that is kept.")
    min_free_bytes: int = Field(
        10_000_000_000, ge=0, description="Downloads pause, with an alert, below this much free disk."
    )
    max_vault_bytes: int = Field(0, ge=0, description="The most that the vault may hold; 0 for no limit.")
    download_timeout: Seconds = Field(900, description="A download that takes longer is stopped and tried again.")
    min_bytes_per_second: int = Field(
        1000, ge=0, description="A download that stays slower than this for a minute is stopped."
    )
    generic_hosts: tuple[str, ...] = Field(
        (),
        description='Exact hosts (or host:port) whose pages yt-dlp may search for videos, such as "media.example.org".',
    )
    extractors: tuple[str, ...] = Field(
        (
            "twitter",
            "youtube",
            "tiktok",
            "instagram",
            "facebook",
            "vimeo",
            "dailymotion",
            "telegram",
            "bluesky",
            "reddit",
            "twitch",
            "vk",
            "odnoklassniki",
            "rumble",
            "rumbleembed",
            "rutube",
            "lbry",
            "truth",
            "streamable",
            "peertube",
            "linkedin",
            "tumblr",
            "pinterest",
            "weibo",
            "weibovideo",
        ),
        description="yt-dlp extractors that may be used.",
    )


class ArticleOptions(Table):
    """Pages of publishers."""

    seconds_per_host: int = Field(1, ge=0, description="The least time between two requests to one host, in seconds.")
    parse_timeout: Seconds = Field(10, description="A page whose parsing takes longer is swept for addresses only.")
    look_again: Seconds = Field(21_600, description="How long until a watched article is read again.")
    read_again: tuple[Seconds, ...] = Field(
        (3600, 21_600, 86_400, 259_200, 604_800, 2_592_000, 7_776_000),
        description="How old our own and flagged articles are when they are read again, for citations that were added, removed or "
        "replaced, embeds that show nothing any more, and corrections. Empty: never.",
    )
    read_others_again: tuple[Seconds, ...] = Field(
        (86_400, 604_800), description="The same for other publishers' articles that cite posts."
    )
    robots: bool = Field(
        True,
        description="Leave out what a site's robots.txt forbids, of the articles that a feed, sitemap or page names. "
        "An article watched by its own address is read all the same.",
    )
    resolve_short_links: bool = Field(
        False,
        description="Ask t.co, vm.tiktok.com and the like where the short links in an article lead. Their owners then see that "
        "somebody asks.",
    )
    longest_crawl_delay: Seconds = Field(
        30, description="A longer Crawl-delay of a robots.txt counts as this: the most seconds between two requests."
    )


class WatchingOptions(Table):
    """Looking at cited posts again: whether each is still there, and says the same."""

    confirm_after: Seconds = Field(
        300, description="The least time between the two looks that it takes to call a post gone."
    )
    control_posts: Tags = Field(
        (),
        description="Addresses of posts that stay up, such as old posts of large institutions: one of them must be seen live in the "
        "minute in which a post is missed. Left out: posts of other accounts that were last seen available.",
    )


class RetentionOptions(Table):
    """How long what is kept. What vanishes upstream never goes by itself: somebody decides (`postwatch retention`)."""

    profile: Literal["", "newsroom", "archive"] = Field(
        "",
        description='"newsroom": of posts that nobody cites media go after 30 days and text after 90, cited posts stay, reviewed yearly. '
        '"archive": everything stays, reviewed yearly. Empty: everything stays.',
    )
    decide_within: Seconds = Field(
        2_592_000, description="How long a decision about a post that was deleted upstream may wait."
    )


class LinkingOptions(Table):
    """Links suggested by words alone: articles that speak of a post without an embed or an address."""

    suggest: bool = Field(True, description="Look for such posts among those that are kept.")
    search_x: Tags = Field(
        (),
        description='Tags of feeds and articles whose unresolved mentions are searched for on X, such as ["world"]; "*" for all. It '
        "costs what the posts and the account cost that X shows, inside [budget]. Empty: X is asked nothing.",
    )
    auto_confirm: float = Field(
        0,
        ge=0,
        le=1,
        description="Confirm a strong suggestion by itself from this probability on, such as 0.98; 0: people confirm, none confirms itself.",
    )


class CheckOptions(Table):
    """`postwatch check`: asking platforms, free of charge, whether posts are there."""

    at_once: int = Field(10, ge=1, le=32, description="Requests side by side to one host.")
    patience: Seconds = Field(20, description="How long one article's posts are waited for.")
    endpoints: dict[str, HttpUrl] = Field(
        {},
        description='Servers that stand in for platforms, such as {youtube = "https://gateway.example.org/youtube"}: they are asked by '
        "the platform's own paths, and nobody else is. X's stands in [x] oembed_url.",
    )


class JobOptions(Table):
    """How work is done."""

    workers: int = Field(4, ge=1, le=64, description="Jobs side by side.")
    downloads: int = Field(2, ge=1, le=16, description="Downloads side by side, of these workers.")
    attempts: int = Field(5, ge=1, le=50, description="How often a job that meets a passing fault is tried.")
    every: Seconds = Field(
        300, description="How often an account or feed is looked at, unless its watch says otherwise."
    )


class RunOptions(Table):
    """What `run` shows to those who watch it."""

    listen: Annotated[str, AfterValidator(_pair_or_nothing)] = Field(
        "",
        description='Where /healthz and /metrics (Prometheus) answer, such as "127.0.0.1:9464"; empty: nowhere.',
    )


class DeskOptions(Table):
    """The desk: the screen on which the newsroom verifies. `run` serves it, or `postwatch desk` alone."""

    listen: Annotated[str, AfterValidator(_pair_or_nothing)] = Field(
        "127.0.0.1:8737",
        description="Where it answers; empty: `run` does not serve it. Beyond this machine only behind a proxy that speaks https.",
    )
    public_url: str = Field(
        "",
        description='The address that people type, such as "https://desk.example.org", where a proxy stands before it.',
    )
    proxies: Tags = Field(
        ("127.0.0.1",), description="Addresses of proxies whose X-Forwarded-For is believed, when public_url is set."
    )
    timezone: Annotated[str, AfterValidator(time_zone)] = Field(
        "UTC", description='The zone in which times are shown, such as "Europe/Berlin".'
    )

    oidc_issuer: str = Field(
        "",
        description='An identity provider (OpenID Connect) by which people come in, such as "https://login.example.org"; needs '
        "`pip install postwatch[oidc]`. The client's secret: POSTWATCH_OIDC_SECRET.",
    )
    oidc_client_id: str = Field("", description="What the provider knows this desk as.")

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _an_address(cls, value: str) -> str:
        return http_url(value) if value else ""


class LogOptions(Table):
    """Log files: JSON lines in storage/logs, secrets masked."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="The least level that is written.")
    max_bytes: int = Field(10_000_000, gt=0, description="A file that grows beyond this is rotated.")
    keep: int = Field(5, ge=0, description="How many rotated files are kept.")


class Options(Table):
    """`config/postwatch.toml`."""

    x: XOptions = XOptions()
    net: NetOptions = NetOptions()
    budget: BudgetOptions = BudgetOptions()
    media: MediaOptions = MediaOptions()
    articles: ArticleOptions = ArticleOptions()
    watching: WatchingOptions = WatchingOptions()
    retention: RetentionOptions = RetentionOptions()
    linking: LinkingOptions = LinkingOptions()
    check: CheckOptions = CheckOptions()
    jobs: JobOptions = JobOptions()
    run: RunOptions = RunOptions()
    desk: DeskOptions = DeskOptions()
    log: LogOptions = LogOptions()
    alerts: AlertOptions = AlertOptions()
    channel: tuple[Channel, ...] = ()


NetOptions.model_rebuild()
