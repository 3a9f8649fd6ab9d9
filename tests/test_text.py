"""Text made plain the fast way is what the slow rules say it is."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from drafting.text import one_line, plain

SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>|\*+|(?<!\S)#{1,6}(?=\s)|\\(?=[*#_])|_{2,}")
LETTERS = st.sampled_from("aĐ \n\t\u00a0\u200b\ufeff\x1c\x85\u2028<>/*#\\_\u0300")


@given(st.text(LETTERS | st.characters(), max_size=30))
@example("## **Điều 2.**\u200b __I__ <b>a</b> \\*")
def test_plain_text_has_no_markup_and_single_spaces(text: str) -> None:
    assert one_line(text) == SPACES.sub(" ", text).strip()
    bare = MARKUP.sub("", unicodedata.normalize("NFC", text))
    assert plain(text) == SPACES.sub(" ", bare).strip()
