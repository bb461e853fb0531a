"""Texts that want to be more than texts: markup, templates, formulas, endless words.

They stay as they are: a text that once did harm is not taken out of the list.
"""

from __future__ import annotations

__all__ = ["LONG", "MARKUP", "SHORT", "TEXTS"]

MARKUP = {
    "script": "<script>alert(1)</script>",
    "closing tags": "</textarea></p></dd></title></style></script><script>alert(1)</script>",
    "attribute": "\" autofocus onfocus=alert(1) x='` onmouseover=alert(1)",
    "picture": "<img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "comment": "<!-- --!> <!--[if IE]><script>alert(1)</script><![endif]-->",
    "data section": "]]> <![CDATA[ <script>alert(1)</script> ]]>",
    "entities": "&lt;script&gt;&amp;lt;&#60;b&#x3c;b &nbsp &notit;",
    "entity bomb": "<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>&b;",
    "other quotes": "＜script＞alert(1)＜/script＞ ‹b› «b»",
    "seven bits": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
}

_LANGUAGES = {
    "template": "{{ 7*7 }} {% raw %} {# x #} ${7*7} #{7*7} {{ ''.__class__.__mro__ }}",
    "placeholders": "%s %(name)s %n {0} {name} {0.__class__} $HOME `id` $(id)",
    "style": "}body{background:url(http://127.0.0.1/x)} /* */ @import 'x'; expression(1)",
    "address": "javascript:alert(1) data:text/html,<b> //evil.example file:///etc/passwd",
    "query": "'; drop table assessments; -- \" or 1=1 /*",
    "formula": "=cmd|' /C calc'!A1",
    "path": "../../../../etc/passwd ..\\..\\x.pdf CON .htaccess",
    "header": "x\r\nSet-Cookie: a=b\r\n\r\n<b>",
    "calendar": "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY;X=\\n:\\, ;",
    "json": '"},{"answer": null, "because": "\\u0000\\',
    "yaml": "yes: &a [*a] !!python/object:os.system\n---\n- <<: *a",
    "log": "x\n2026-11-09 ERROR riskq.web forged",
    "null word": "null",
    "number word": "1e309 NaN -0 0x7f 00",
}

_LETTERS = {
    "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m\x08\x08\x7f",
    "line ends": "one\vtwo\fthree\x85four\u2028five\u2029six\rseven\r\neight\n\n\nnine",
    "turned": "\u202egnp.exe\u202c \u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",
    "turned and left open": "\u202e\u2067high",
    "unseen": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034f\U000e0041h",
    "nothing seen": "\u200b\u2800\u3164",
    "four bytes": "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 𝕏 \U0001f1f0\U0001f1ff \U0010ffff",
    "composed": "Ёжик Йога Қазақ ũ",
    "decomposed": "Е\u0308жик И\u0306ога u\u0303",
    "piled marks": "З" + "\u0300\u0301\u0302\u0303\u0489" * 30,
    "other scripts": "中文 العربية עברית हिन्दी ไทย ქართული",
    "look-alikes": "Каzakhstan ҚАЗАҚСТАН İıſß ﬁ",
    "not letters": "\ufffe\uffff\ufdd0\ufffd\U0001fffe",
    "private letters": "\ue000\uf8ff\U000f0000",
    "width": "ｈｉｇｈ ﷽",
    "dots": "." * 200,
}

SHORT = {**MARKUP, **_LANGUAGES, **_LETTERS}
"""Texts that fit into every field."""

LONG = {
    "one word": "ы" * 4000,
    "one wide word": "W" * 4000,
    "emoji": "👩" * 4000,
    "lines": "x\n" * 1999 + "x",
    "tags": "<b>" * 1300,
    "nested": "<div>" * 400 + "[" * 800 + "{" * 800,
    "ampersands": "&" * 4000,
    "blanks": "x" + " \t\u00a0\u3000" * 900 + "x",
    "turning": "\u202ea" * 2000,
}
"""Texts as long as the longest field takes."""

TEXTS = {**SHORT, **LONG}
