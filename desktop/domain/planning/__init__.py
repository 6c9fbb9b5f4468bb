"""How links become calls: from which record each is sent, how few calls do it, and what fits into one."""
