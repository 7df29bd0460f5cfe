"""Messages, merge, chain, proof: pure, shared by desk and hub."""
