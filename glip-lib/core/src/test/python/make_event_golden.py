"""Golden records of an event file, by TensorBoard's own messages and its own writer of records.

    pip install tensorboard==2.21.0
    python make_event_golden.py ../resources/org/glip/tensorboard/events.golden

The file holds what EventFileTest writes: the beginning of a session, and scalars of some steps, among them values that
are easily laid out wrongly (zero, a step of two bytes, infinity, no number, a tag that is not ASCII).
"""

import sys

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

TIME = 1700000000.25


def scalars(step, values):
    summary = Summary(value=[Summary.Value(tag=tag, simple_value=value) for tag, value in values])
    return Event(wall_time=TIME, step=step, summary=summary)


EVENTS = [
    Event(wall_time=TIME, file_version="brain.Event:2"),
    Event(wall_time=TIME, step=1, session_log=SessionLog(status=SessionLog.START)),
    scalars(0, [("train/loss", 0.0)]),
    scalars(1, [("train/loss", 4.25), ("validation/top-1", 0.1)]),
    scalars(300, [("train/loss", float("inf")), ("train/gradient_norm", float("nan"))]),
    scalars(5_000_000_000, [("größe", -1.5e-8)]),
]

with open(sys.argv[1], "wb") as file:
    writer = RecordWriter(file)
    for event in EVENTS:
        writer.write(event.SerializeToString(deterministic=True))
    writer.flush()
