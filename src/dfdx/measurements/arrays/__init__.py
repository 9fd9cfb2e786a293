"""Differences on gridded arrays: np.gradient and its kin, at the speed of memory."""
