"""The line a message travels: receive, understand, decide, apply, deliver; one file each."""
