"""The fitting loop: one batch drawn ahead, checkpoints, harder wrong answers as it goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from drafting.embed.vocabulary import Ints
from drafting.training.stream import Stream
from drafting.training.table import Table
from drafting.training.views import Batch, Views

if TYPE_CHECKING:
    import torch

# Look-alikes are found again, and the state is written, every so many steps (six times at least in
# a plan, but not within fewer than 50 steps): both at once, so that a resumed run goes the same way
# as one that was never stopped.
REFRESH = 500
_TIMES, _LEAST_REFRESH = 6, 50
_WARM, _DECAY, _LEAST = 50, 0.35, 0.02
_ALIKE, _SHORT = 16, 96


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast: `steps` batches of `batch` articles; `minutes` may end it sooner."""

    steps: int = 6_000
    batch: int = 1_024
    rate: float = 0.003
    minutes: float = 24 * 60.0

    def pace(self, step: int, spent: float) -> float:
        """The learning rate: warm-up, level, then down in a line over the last third."""
        left = 1 - max(step / self.steps, spent / (self.minutes * 60))
        return self.rate * min(1.0, (step + 1) / _WARM) * min(1.0, max(_LEAST, left / _DECAY))


@dataclass(slots=True)
class _State:
    """Where a run stands."""

    step: int = 0
    spent: float = 0.0
    loss: float = 0.0


def fit(
    table: Table,
    stream: Stream,
    views: Views,
    plan: Plan,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> int:
    """Fits `table` in place, going on from `checkpoint` when it is there; gives the steps made."""
    import torch

    optimizer = torch.optim.Adam(
        list(table.parameters().values()), lr=plan.rate, betas=(0.9, 0.99), fused=True
    )
    state = _resume(table, optimizer, checkpoint, tell)
    if state.step:
        tell(f"tiếp tục từ bước {state.step}")
    while state.step < plan.steps and state.spent < plan.minutes * 60:
        near = _look_alikes(table, stream) if state.step else None
        _run(table, views, plan, state, optimizer, near, tell)
        _keep(table, optimizer, state, checkpoint)
    return state.step


def _run(
    table: Table,
    views: Views,
    plan: Plan,
    state: _State,
    optimizer: torch.optim.Optimizer,
    near: Callable[[Ints], Ints] | None,
    tell: Callable[[str], None],
) -> None:
    """Steps up to the next refresh or the plan's end."""

    def draw(step: int) -> Batch:
        return views.batch(step, plan.batch, near)

    refresh = min(REFRESH, max(_LEAST_REFRESH, plan.steps // _TIMES))
    end = min(plan.steps, (state.step // refresh + 1) * refresh)
    begun, before = time.monotonic(), state.spent
    with ThreadPoolExecutor(1) as ahead:
        waiting = ahead.submit(draw, state.step)
        while state.step < end and state.spent < plan.minutes * 60:
            batch = waiting.result()
            waiting = ahead.submit(draw, state.step + 1)
            for group in optimizer.param_groups:
                group["lr"] = plan.pace(state.step, state.spent)
            optimizer.zero_grad(set_to_none=False)
            loss = table.learn(batch)
            optimizer.step()
            state.step += 1
            state.spent = before + time.monotonic() - begun
            state.loss = loss if state.step == 1 else 0.95 * state.loss + 0.05 * loss
            if state.step % 50 == 0:
                told = f"sai số {state.loss:.3f}, {state.spent / 60:.1f} phút"
                tell(f"bước {state.step}/{plan.steps}, {told}")


def _look_alikes(table: Table, stream: Stream) -> Callable[[Ints], Ints] | None:
    """From seed articles to the articles most like each: the hardest wrong answers.

    The first 96 numbers of a vector are enough to find them, at a third of the work.
    """
    if len(stream.starts) < 4 * _ALIKE:
        return None
    vectors: npt.NDArray[np.float32] = table.vectors(stream, 40)
    short = np.ascontiguousarray(vectors[:, :_SHORT])

    def nearest(seeds: Ints) -> Ints:
        found: Ints = np.argpartition(-(short[seeds] @ short.T), _ALIKE, axis=1)[:, :_ALIKE]
        return found

    return nearest


def _resume(
    table: Table, optimizer: torch.optim.Optimizer, checkpoint: Path, tell: Callable[[str], None]
) -> _State:
    import torch

    if not checkpoint.is_file():
        return _State()
    try:
        kept = torch.load(checkpoint, weights_only=True)
    except (OSError, RuntimeError, EOFError, UnpicklingError):
        tell("điểm dừng trước bị hỏng, huấn luyện lại từ đầu")
        return _State()
    with torch.no_grad():
        for name, parameter in table.parameters().items():
            parameter.copy_(kept["table"][name])
    optimizer.load_state_dict(kept["optimizer"])
    return _State(int(kept["step"]), float(kept["spent"]), float(kept["loss"]))


def _keep(table: Table, optimizer: torch.optim.Optimizer, state: _State, checkpoint: Path) -> None:
    import torch

    part = checkpoint.with_suffix(".part")
    parameters = {name: value.detach() for name, value in table.parameters().items()}
    whole = {"table": parameters, "optimizer": optimizer.state_dict()}
    try:
        torch.save(
            {**whole, "step": state.step, "spent": state.spent, "loss": state.loss},
            part,
        )
    except RuntimeError as problem:  # torch's word for a full disk
        raise OSError(str(problem).partition("\n")[0]) from None
    part.replace(checkpoint)
