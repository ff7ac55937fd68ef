// What the release build asks of jemalloc (its manual, "TUNING"). Read by jemalloc at start.
//
// - Two arenas, not four for each core: what a thread of an import has freed then serves another,
//   which takes a tenth or more off its memory, and pages need not be fetched anew. Measured on two
//   cores, and on no more.
// - Large blocks (a table's rows for a report) are kept for reuse like small ones: by default each
//   goes back to the system at once, and the next report fetches its pages anew.
//
// Not huge pages (thp:always): they took a fifth off a rebuild and a third off a command that
// reports over a million events, but an import of a million took a quarter longer with them by
// command line, nearly twice as long in the bench, and 70 MiB more.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,oversize_threshold:0";
}
