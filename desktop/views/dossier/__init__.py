"""The tab 卷宗 of a dispute: which papers it has, which it lacks, and all of them as one."""
