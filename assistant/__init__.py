"""The service: gRPC at the edge, one turn in the middle, adapters around it."""
