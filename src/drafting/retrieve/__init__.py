"""A question → ranked provisions, each with its reasons, or the plain word that there is none."""

from drafting.retrieve.hits import Answer, Hit
from drafting.retrieve.question import Question, read_question
from drafting.retrieve.ranking import Ranking
from drafting.retrieve.rerank import Reranker
from drafting.retrieve.search import Retriever
from drafting.retrieve.slips import read_slips

__all__ = [
    "Answer",
    "Hit",
    "Question",
    "Ranking",
    "Reranker",
    "Retriever",
    "read_question",
    "read_slips",
]
