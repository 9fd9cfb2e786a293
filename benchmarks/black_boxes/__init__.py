"""Black boxes: how well every library differentiates functions that it can only call.

`python -m benchmarks black_boxes` writes docs/black_boxes.md; the cases serve the tests too.
"""


def run():
    """Everything anew; the page as text."""
    from .page import write  # late: the tests need the cases without the peers

    return write()
