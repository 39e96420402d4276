"""Plans: which ties to build next, who takes over from whom, and who moves (method, section 11)."""
