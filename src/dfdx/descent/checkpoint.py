"""A run on disk: one file, written whole or not at all, from which it goes on bit for bit.

The file is a .npz: arrays as they are, and one text (JSON) with the rest; nothing in it is code. It is
written beside its place, flushed to the disk and renamed, so whenever the machine stops there is a good file:
the new one or the one before.
"""

import json
import os
import zipfile

import numpy as np

VERSION = 1
_KIND = "dfdx training run"


class BadCheckpoint(ValueError):
    """The file is no checkpoint, is damaged, or belongs to another run."""


def write(path, facts, arrays):
    """Store facts (what JSON can say) and arrays under a path, whole or not at all."""
    path = os.fspath(path)
    text = json.dumps({"kind": _KIND, "version": VERSION, **facts})
    beside = f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "wb") as file:
            np.savez(file, __facts__=np.frombuffer(text.encode(), dtype=np.uint8), **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
    _sync(os.path.dirname(os.path.abspath(path)))


def _sync(folder):
    """The rename itself reaches the disk, where the system lets a folder be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def read(path):
    """`(facts, arrays)` of a checkpoint; BadCheckpoint where it is none, or damaged."""
    path = os.fspath(path)
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        facts = json.loads(bytes(arrays.pop("__facts__")).decode())
        if facts["kind"] != _KIND:
            raise KeyError("kind")
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        AttributeError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
    ) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise BadCheckpoint(
            f"{path} is no checkpoint of a training run, or it is damaged ({type(error).__name__}: {error}); "
            "give another path, or remove it to begin anew"
        ) from None
    if facts["version"] != VERSION:
        raise BadCheckpoint(
            f"{path} was written by another version of dfdx (its format is {facts['version']})"
        )
    return facts, arrays


def need_same(path, stored, now):
    """BadCheckpoint unless a checkpoint belongs to the run that reads it: what differs is named."""
    for name, value in now.items():
        if stored.get(name) != value:
            raise BadCheckpoint(
                f"{path} belongs to another run: its {name} is {_short(stored.get(name))}, here it is "
                f"{_short(value)}; give another path, or resume=False to begin anew"
            )


def _short(value):
    text = json.dumps(value)
    return text if len(text) < 80 else text[:77] + "…"
