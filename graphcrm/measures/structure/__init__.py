"""The structure of an account: on whom, and through whom, the whole of it hangs (section 10)."""
