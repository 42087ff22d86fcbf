"""Background work, whatever it is about: the threads it runs in, jobs whose worker is gone, the pulse of workers."""
