"""`Mention`: a body that changed, where a text names it, and what the text does with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drafting.citations import Citation, find
from drafting.citations.clean import Clean
from drafting.organisations.names import Named, named_bodies
from drafting.organisations.organisation import Organisation, Organisations
from drafting.organisations.roles import Role, role_of
from drafting.organisations.surroundings import Page
from drafting.read.source import SourceText, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A body named in a text: `text` as written (on one line), `span` in the text given, its
    1-based line, and the role it has there."""

    organisation: Organisation
    text: str
    span: Span
    line: int
    role: Role


def find_mentions(
    text: str, as_of: date, province: str, rules: Organisations
) -> tuple[Mention, ...]:
    """Every body in `text` that had changed by `as_of`, in order; nothing is raised.

    NFD, uỷ for ủy, NBSP and line breaks inside a name make no difference; a name inside a longer
    one of today is none.
    """
    return tuple(_mentions(text, as_of, province, rules))


def _mentions(text: str, as_of: date, province: str, rules: Organisations) -> Iterator[Mention]:
    clean = Clean.of(text)
    changed = [
        one for one in named_bodies(clean.text, rules, province) if one.organisation.since <= as_of
    ]
    if not changed:
        return
    source = SourceText(text, "", "")
    cited = _cited(find(text))
    page = Page.of(clean.text, [_within(clean, span) for span in cited])
    for one in changed:
        span = clean.span(one.start, one.end)
        yield Mention(
            one.organisation,
            source.display([span]),
            span,
            source.line_of(span[0]),
            _role(one, page),
        )


def _role(one: Named, page: Page) -> Role:
    return role_of(page.around(one.start, one.end), one.organisation.since)


def _cited(citations: tuple[Citation, ...]) -> list[Span]:
    """Where documents are named: number, issuer and subject, which are theirs and stay."""
    spans: list[Span] = []
    for citation in citations:
        spans.append(citation.span)
        document = citation.document
        parts = (document.issuer, document.subject) if document else ()
        spans += [part.span for part in parts if part]
    return spans


def _within(clean: Clean, span: Span) -> Span:
    """A span of the given text as one of the clean text."""
    return clean.at(span[0]), clean.at(span[1])
