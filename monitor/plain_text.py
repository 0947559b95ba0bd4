"""Text from outside as plain text that every store, terminal and page can hold."""

import re

LONGEST_MARKUP = 200_000
"""Characters of HTML that are read: parsers take quadratic time over hostile markup."""

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_BLOCKS = frozenset({"p", "div", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "pre", "table", "figure", "section"})
_LINES = frozenset({"br", "li", "tr"})


def cleaned(text: str) -> str:
    """Without NUL, other control characters and lone surrogates; lines end with a line feed. Bidi marks stay."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def of_text_or_html(text: str) -> str:
    """`of_html` where the text holds a tag or a character reference, else `cleaned`: feeds rarely tell which it is."""
    return of_html(text) if _MARKUP.search(text) else cleaned(text)


def of_html(html: str) -> str:
    """The words of an HTML fragment: paragraphs apart by an empty line, scripts and styles left out."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    flat = re.sub(r"\s+", " ", cleaned(html)[:LONGEST_MARKUP])
    parser = HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(f"<div>{flat}</div>", parser=parser)
    except etree.LxmlError:
        return cleaned(re.sub(r"<[^<>]*>", " ", flat))
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    for element in root.iter():
        if element.tag in _LINES:
            element.tail = "\n" + (element.tail or "")
        elif element.tag in _BLOCKS:
            element.text = "\n\n" + (element.text or "")
            element.tail = "\n\n" + (element.tail or "")
    words = cleaned(str(root.text_content()).replace("\xa0", " "))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", re.sub(r"[ \t]{2,}", " ", words)))
