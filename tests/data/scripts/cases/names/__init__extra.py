raise RuntimeError("never loaded")
