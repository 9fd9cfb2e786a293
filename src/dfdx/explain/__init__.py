"""To see and to follow a derivative: the steps of the chain rule, the picture, the first lesson."""
