"""Fits our own embedding on law texts alone: `train`, and `export` for other programs."""

from drafting.training.export import export
from drafting.training.fit import Plan
from drafting.training.stream import Article
from drafting.training.train import Trained, read_articles, train

__all__ = ["Article", "Plan", "Trained", "export", "read_articles", "train"]
