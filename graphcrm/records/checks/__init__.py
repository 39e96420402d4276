"""What records must fulfil together: the policy's words, references, structure; faults are Problems."""
