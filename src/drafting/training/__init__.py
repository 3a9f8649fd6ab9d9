"""Fits our own embedding on law texts alone: `train`, and `export` for other programs."""

from drafting.training.export import export
from drafting.training.fit import Plan
from drafting.training.own import own_articles
from drafting.training.place import standing, writing
from drafting.training.stream import Article
from drafting.training.train import Trained, read_articles, train

__all__ = [
    "Article",
    "Plan",
    "Trained",
    "export",
    "own_articles",
    "read_articles",
    "standing",
    "train",
    "writing",
]
