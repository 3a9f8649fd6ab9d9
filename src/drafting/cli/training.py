"""The verb that trains: a model of the office's own, or the shipped one again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting.cli.common import JsonOption, open_office, print_json
from drafting.cli.help import Command
from drafting.errors import BadInput

if TYPE_CHECKING:
    from drafting.embed import StaticEmbedder
    from drafting.training import Article, Plan

# Adapting, as measured (the model's card): three times the steps gained nothing on 1,377 articles
# and lost a little on 127.
_ADAPTING_STEPS, _ADAPTING_RATE = 100, 0.001


def register(app: typer.Typer) -> None:
    """Adds the verb to the command."""
    app.command(cls=Command)(train)


def train(
    articles: Annotated[
        Path | None,
        typer.Argument(
            metavar="TỆP", help="Các điều luật, .jsonl hoặc .jsonl.gz; bỏ trống là kho của cơ quan"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", metavar="THƯ-MỤC", help="Thư mục mô hình; bỏ trống là dùng ngay"),
    ] = None,
    base: Annotated[
        bool,
        typer.Option("--base", help="Học tiếp từ mô hình kèm theo (không có TỆP thì luôn thế)"),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Số gieo")] = 7,
    steps: Annotated[
        int | None, typer.Option("--steps", metavar="N", min=1, help="Số bước học")
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", metavar="N", min=0, help="Nhiều nhất bấy nhiêu phút"),
    ] = None,
    export_to: Annotated[
        Path | None,
        typer.Option(
            "--export", metavar="THƯ-MỤC", help="Ghi thêm bản sentence-transformers vào đây"
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="TỆP", help="Chỉ học cách xếp hạng, từ các câu đã xác nhận đáp án"
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Huấn luyện mô hình tra cứu trên chính kho này; dừng giữa chừng thì chạy lại để đi tiếp."""
    if answers is not None:
        if any((articles, out, base, steps, minutes, export_to)):
            raise BadInput("--answers chỉ học cách xếp hạng: bỏ TỆP và các tùy chọn khác.")
        return _rank(answers, as_json=as_json)
    from drafting.embed import StaticEmbedder
    from drafting.training import export
    from drafting.training import train as fit

    found, own = _read(articles)
    begins = StaticEmbedder.shipped() if base or articles is None else None
    trained = fit(
        found,
        out or own,
        seed=seed,
        plan=_plan(begins, steps, minutes),
        base=begins,
        tell=lambda said: None if as_json else print(said, file=sys.stderr, flush=True),
    )
    model = StaticEmbedder.load(trained.folder)
    exported = str(export(model, export_to)) if export_to else None
    if as_json:
        told = {"folder": str(trained.folder), "name": model.name, "articles": trained.articles}
        counts = {"tokens": trained.tokens, "steps": trained.steps, "bytes": trained.bytes}
        print_json({**told, **counts, "export": exported})
        return 0
    print(f"Đã học {trained.articles} điều, {trained.steps} bước. Mô hình: {trained.folder}")
    if out is None:
        print("Từ nay tra cứu dùng mô hình này. Trở về mô hình kèm theo: xóa thư mục ấy.")
    if exported:
        print(f"Bản sentence-transformers: {exported}")
    return 0


def _rank(path: Path, *, as_json: bool) -> int:
    """Fits the ranking to answered questions; kept only where it helps."""
    from drafting.searching import own_ranking
    from drafting.training import writing
    from drafting.training.answers import fit_own, read_answers

    answered = read_answers(path)
    with open_office() as office:
        fitted = fit_own(answered, office.retriever.ranking)
        target = own_ranking(office.settings)
        better = fitted.after > fitted.before
        if better:
            with writing(target.parent):
                fitted.reranker.save(target, f"drafting train --answers {path.name}")
    if as_json:
        told = {"questions": fitted.questions, "kept": better, "file": str(target)}
        print_json({**told, "before": round(fitted.before, 4), "after": round(fitted.after, 4)})
        return 0
    shares = f"{fitted.before:.1%} → {fitted.after:.1%}".replace(".", ",")
    print(f"Đúng ngay kết quả đầu, trong {fitted.questions} lượt hỏi tìm thấy đáp án: {shares}")
    print("(trước: trọng số kèm chương trình; sau: học từ các câu khác của tệp).")
    print(f"Từ nay xếp hạng theo {target}; xóa tệp ấy là trở về như cũ." if better
          else "Không hơn cách xếp hạng kèm chương trình nên không ghi gì.")  # fmt: skip
    return 0


def _read(path: Path | None) -> tuple[list[Article], Path]:
    """What there is to learn from, and where this office's own model lies."""
    from drafting.searching import own_model
    from drafting.training import own_articles, read_articles

    with open_office(in_step=path is None) as office:
        found = read_articles(path) if path else own_articles(office.library.stored)
        return found, own_model(office.settings)


def _plan(base: StaticEmbedder | None, steps: int | None, minutes: float | None) -> Plan:
    from dataclasses import replace

    from drafting.training import Plan

    plan = Plan() if base is None else Plan(steps=_ADAPTING_STEPS, rate=_ADAPTING_RATE)
    if steps is not None:
        plan = replace(plan, steps=steps)
    return plan if minutes is None else replace(plan, minutes=minutes)
