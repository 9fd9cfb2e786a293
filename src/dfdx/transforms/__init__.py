"""Graph to graph: tangent, adjoint, batch, simplify."""
