"""HTTP and nothing else: read the request, call one service or query, answer."""
