"""The commands of ``sapa``, one subject a file. Each imports what it runs only when it runs: `sapa nlu` must not
load the web, nor the clock the assistant."""
