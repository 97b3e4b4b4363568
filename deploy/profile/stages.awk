# Adds up collapsed stacks by stage. A stack begins with its thread in brackets, and its last field is the number of samples. On an
# event loop the system calls come first, and then the innermost frame of ours says which stage it is.
function add(stage) { samples[stage] += $NF; total += $NF }

function innermost(  frames, i) {
    for (i = split($0, frames, ";"); i > 0; i--) if (frames[i] ~ /^io\/quorate\//) return frames[i]
    return ""
}

function loop_stage(frame) {
    if (frame ~ /quorate\/coordinator\/(round|operation|replica|quorum)/) return "coordinator"
    if (frame ~ /quorate\/coordinator\//) return "our HTTP"
    if (frame ~ /quorate\/node\//) return "replica and store"
    if (frame ~ /quorate\/deploy\/fault\//) return "faults of local clusters"
    if (frame ~ /quorate\/deploy\/metrics\//) return "metrics"
    if (frame ~ /quorate\/common\/(wire|codec|link)\//) return "messages"
    if ($0 ~ /codec\/http|vertx\/core\/http/) return "HTTP of Netty and Vert.x"
    return "the rest"
}

/Compiler ?Thread|^\[C[12] /                                      { add("compilers of the JVM"); next }
/^\[(GC|ParGC|G1|VM_GC|VM Thread|VM Periodic)/                    { add("garbage collector and VM"); next }
/^\[[^]]*-log/ && /force|fdatasync/                               { add("log thread: force"); next }
/^\[[^]]*-log/                                                    { add("log thread: the rest"); next }
/^\[[^]]*-(maintenance|compaction|verifier)/                      { add("flushes and merges"); next }
/^\[[^]]*-reader/                                                 { add("reader threads"); next }
!/eventloop/                                                      { add("other threads"); next }
/eventFdWrite|EPollSelectorImpl.wakeup|IOUtil.write1|EventFD/     { add("event loop: waking another one up"); next }
/Native.epollWait|EPoll.wait|epoll_wait/                          { add("event loop: waiting for sockets"); next }
/Socket.send|Socket.write|SocketDispatcher.write|doWrite/         { add("event loop: writing to sockets"); next }
/Socket.recv|SocketDispatcher.read|doReadBytes/                   { add("event loop: reading from sockets"); next }
                                                                  { add("event loop: " loop_stage(innermost())) }

END {
    sort = "sort -rn"
    for (stage in samples) printf "%6.1f %%  %s\n", samples[stage] / total * 100, stage | sort
    close(sort)
    printf "%8d  samples\n", total
}
