"""From a tape to a graph: the recorded operations, applied to symbols."""

from ..graph import Graph, as_node, variable
from ..primitive import shape_of
from .traced import Traced, plain


def graph_of(tape, inputs, outputs, names=None):
    """The graph that computes the outputs (traced or plain) from the traced inputs.

    A value of an outer trace that the function reached by closure stays what it is,
    as a constant of the graph, so that the outer derivative sees it.
    """
    fresh = [variable(names[k] if names else f"x{k}", shape_of(x)) for k, x in enumerate(inputs)]
    known = {id(x): symbol for x, symbol in zip(inputs, fresh, strict=True)}

    def symbol(a):
        if type(a) is Traced and a.tape is tape:
            return known[id(a)]
        return as_node(a if type(a) is Traced and a.tape.open else plain(a))

    for node in tape.nodes:
        if node.op is not None:
            known[id(node)] = node.op(*[symbol(a) for a in node.args])
        elif id(node) not in known:
            known[id(node)] = as_node(plain(node))
    return Graph(fresh, [symbol(y) for y in outputs])
