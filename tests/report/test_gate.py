"""The gate lets our templates through and nothing that could load, run or distort."""

from xml.etree.ElementTree import Element, SubElement, fromstring

import pytest

from riskq.report.gate import MAX_DEPTH, MAX_ELEMENTS, check_document
from riskq.report.job import RenderError

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def parse(markup: str) -> Element:
    """The markup in a document."""
    return fromstring(f"<html><body>{markup}</body></html>")  # noqa: S314  # Our own markup.


def reason_of(root: Element) -> str:
    """Why the gate refuses the tree."""
    with pytest.raises(RenderError) as caught:
        check_document(root)
    return caught.value.reason


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="cite" lang="kk" id="a">Ә</p>',
        '<a href="#part-1">1</a>',
        '<a href="https://adilet.zan.kz/kaz/docs/Z2500000230#z17">17</a>',
        '<a href="mailto:a@example.kz">a</a>',
        '<td colspan="3" rowspan="2" headers="h1 h2">x</td>',
        '<p aria-label="x">x</p>',
        f'<svg {SVG} viewBox="0 0 9 9"><g transform="translate(1 2)"><rect fill="#fff"/></g></svg>',
    ],
)
def test_what_our_templates_use_passes(markup: str) -> None:
    check_document(parse(markup))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<style>p {}</style>", "refused-asset"),
        ('<img src="riskq-asset:x.png"/>', "refused-asset"),
        ("<input/>", "invalid"),
        ('<p style="color: red">x</p>', "invalid"),
        ('<p onclick="x()">x</p>', "invalid"),
        ('<p href="#a">x</p>', "invalid"),
        ('<a href="data:text/html,x">x</a>', "invalid"),
        ('<a href="#a" rel="attachment">x</a>', "invalid"),
        ('<a href=" file:///x">x</a>', "invalid"),
        ('<td colspan="21">x</td>', "invalid"),
        ('<td colspan="²">x</td>', "invalid"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><rect width="1e9"/></svg>', "invalid"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><rect width="9999999"/></svg>', "invalid"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><g filter="url(#f)"/></svg>', "invalid"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><style/></svg>', "refused-asset"),
    ],
)
def test_what_they_do_not_use_is_refused(markup: str, reason: str) -> None:
    assert reason_of(parse(markup)) == reason


def test_depth_and_number_of_elements_have_limits() -> None:
    root = element = Element("div")
    for _ in range(MAX_DEPTH):
        element = SubElement(element, "div")
    check_document(root)
    SubElement(element, "div")
    assert reason_of(root) == "too-big"
    wide = Element("div")
    wide.extend(Element("br") for _ in range(MAX_ELEMENTS))
    check_document(wide)
    wide.append(Element("br"))
    assert reason_of(wide) == "too-big"
