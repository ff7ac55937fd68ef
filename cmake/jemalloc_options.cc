// What the release build asks of jemalloc (its manual, "TUNING"). Read by jemalloc at start.
//
// Two arenas, not four for each core: what a thread of an import has freed then serves another one,
// which takes a tenth or more off its memory, and pages need not be fetched anew. Measured on two
// cores, and on no more.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2";
}
