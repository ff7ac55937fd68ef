// What the release build asks of jemalloc (its manual, "TUNING"). Read by jemalloc at start.
//
// - Two arenas, not four for each core: what a thread of an import has freed then serves another,
//   which takes a tenth or more off its memory, and pages need not be fetched anew. Measured on two
//   cores, and on no more.
// - Large blocks (a table's rows for a report) are kept for reuse like small ones: by default each
//   goes back to the system at once, and the next report fetches its pages anew.
// - Huge pages, where the system gives them to who asks: a page at a time, fetching them was a
//   fifth of a rebuild's time and a third of a report's over a million events. A small command
//   takes some 15 MiB more for it.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,oversize_threshold:0,thp:always";
}
