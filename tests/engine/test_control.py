"""What those who watch a run say to it, and the letters that its lanes post."""

from threading import Condition, Thread

from desktop.engine.control import Mailbox, RunControl
from tests.engine.rehearsal import JumpingClock


class WaitsNoted(JumpingClock):
    """Notes for how long somebody would wait, and does not."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float | None] = []

    def wait(self, condition: Condition, seconds: float | None) -> None:
        self.waits.append(seconds)


def test_letters_are_collected_once_in_order_without_a_needless_wait() -> None:
    clock = WaitsNoted()
    box = Mailbox[str](clock)
    box.put("a")
    box.put("b")
    assert (box.collect(5.0), clock.waits) == (["a", "b"], [])
    assert (box.collect(5.0), box.collect(0), clock.waits) == ([], [], [5.0])


def test_wake_ends_exactly_one_wait() -> None:
    clock = WaitsNoted()
    box = Mailbox[str](clock)
    box.wake()
    assert box.collect(None) == [] and clock.waits == []
    assert box.collect(None) == [] and clock.waits == [None]


def test_watchers_hear_every_change_and_a_stop_is_final() -> None:
    control, told = RunControl(), list[tuple[bool, bool]]()
    control.watch(lambda: told.append((control.pausing, control.stopping)))
    control.pause()
    control.stop(grace_s=3.0)
    control.resume()
    assert told == [(True, False), (True, True), (False, True)]
    assert control.stopping and control.grace_s == 3.0


def test_wait_in_a_pause_ends_with_a_resume_or_a_stop() -> None:
    for end, goes_on in ((RunControl.resume, True), (RunControl.stop, False)):
        control, answers = RunControl(), list[bool]()
        control.pause()
        waiting = Thread(target=lambda control=control, answers=answers: answers.append(control.wait_for_resume()))
        waiting.start()
        end(control)
        waiting.join(10)
        assert answers == [goes_on]
    assert RunControl().wait_for_resume(), "without a pause nobody waits"
