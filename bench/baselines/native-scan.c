/*
 * Exact best fit by scanning every host, as plain C: structure of arrays, one pass that tests and
 * scores without branches (the compiler makes vectors of it), then the first host of the least
 * score. What it is compared with may skip hosts; this one looks at all of them.
 *
 * Usage: native-scan <workload> <round ms> <rounds> <lanes: 32 or 16>
 *
 * The workload is int32 words: magic, hosts, dimensions, shapes, live, picks; then labels[hosts],
 * need[shapes], most[dimensions] (largest capacity), asks[shapes][dimensions],
 * free[dimensions][hosts], the host and the shape of each live server, and picks as pairs of a
 * random word (which live server goes) and a shape (what comes). One JSON object goes to stdout.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAGIC 0x4e425731
#define BLOCK 4096
#define MOST_DIMENSIONS 16

typedef struct {
  int32_t hosts, dimensions, shapes, live, picks;
  const int32_t *labels, *need, *most, *asks, *free, *live_host, *live_shape, *pick;
} workload;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* One scan for amounts of a type; DIMENSIONS is a constant where it is inlined. */
#define DEFINE_SCAN(NAME, AMOUNT, WIDE, SHIFT, NOTHING)                                          \
  static inline __attribute__((always_inline)) int32_t NAME##_of(                                \
      const int dimensions, int32_t hosts, const AMOUNT *restrict labels,                        \
      const AMOUNT *restrict free, const AMOUNT *restrict ask, AMOUNT need,                      \
      const AMOUNT *restrict weights) {                                                          \
    AMOUNT scores[BLOCK];                                                                        \
    AMOUNT best = NOTHING;                                                                       \
    int32_t found = -1;                                                                          \
    for (int32_t from = 0; from < hosts; from += BLOCK) {                                        \
      const int32_t count = hosts - from < BLOCK ? hosts - from : BLOCK;                         \
      AMOUNT least = NOTHING;                                                                    \
      for (int32_t i = 0; i < count; i++) {                                                      \
        AMOUNT ok = (AMOUNT)(-((labels[from + i] & need) == need));                              \
        AMOUNT score = 0;                                                                        \
        for (int d = 0; d < dimensions; d++) {                                                   \
          const AMOUNT amount = free[(size_t)d * hosts + from + i];                              \
          ok &= (AMOUNT)(-(amount >= ask[d]));                                                   \
          score += (AMOUNT)(((WIDE)amount * weights[d]) >> SHIFT);                               \
        }                                                                                        \
        score = (AMOUNT)((score & ok) | (NOTHING & ~ok));                                        \
        scores[i] = score;                                                                       \
        least = score < least ? score : least;                                                   \
      }                                                                                          \
      if (least < best) {                                                                        \
        best = least;                                                                            \
        int32_t i = 0;                                                                           \
        while (scores[i] != least) i++;                                                          \
        found = from + i;                                                                        \
      }                                                                                          \
    }                                                                                            \
    return found;                                                                                \
  }                                                                                              \
  static int32_t NAME(int dimensions, int32_t hosts, const AMOUNT *labels, const AMOUNT *free,   \
                      const AMOUNT *ask, AMOUNT need, const AMOUNT *weights) {                   \
    switch (dimensions) {                                                                        \
      case 2: return NAME##_of(2, hosts, labels, free, ask, need, weights);                      \
      case 3: return NAME##_of(3, hosts, labels, free, ask, need, weights);                      \
      case 4: return NAME##_of(4, hosts, labels, free, ask, need, weights);                      \
      case 8: return NAME##_of(8, hosts, labels, free, ask, need, weights);                      \
      default: return NAME##_of(dimensions, hosts, labels, free, ask, need, weights);            \
    }                                                                                            \
  }

DEFINE_SCAN(scan32, int32_t, int32_t, 0, INT32_MAX)
DEFINE_SCAN(scan16, int16_t, int32_t, 16, INT16_MAX)

/* Place and release, over and over; the same for both widths. */
#define DEFINE_CHURN(NAME, SCAN, AMOUNT)                                                         \
  typedef struct {                                                                               \
    AMOUNT *labels, *free, *asks, *need, *weights;                                               \
    int32_t *host, *shape;                                                                       \
    int32_t live;                                                                                \
    uint32_t at;                                                                                 \
    int64_t refused;                                                                             \
  } NAME##_state;                                                                                \
  static void NAME##_change(NAME##_state *s, const workload *w, int32_t host, int32_t shape,     \
                            int sign) {                                                          \
    for (int d = 0; d < w->dimensions; d++)                                                      \
      s->free[(size_t)d * w->hosts + host] +=                                                    \
          (AMOUNT)(sign * s->asks[(size_t)shape * w->dimensions + d]);                           \
  }                                                                                              \
  static void NAME(NAME##_state *s, const workload *w, int64_t pairs) {                          \
    for (int64_t n = 0; n < pairs; n++) {                                                        \
      const int32_t *pick = w->pick + 2 * (size_t)(s->at++ % (uint32_t)w->picks);                \
      if (s->live > 0) {                                                                         \
        const int32_t goes = (int32_t)(((uint64_t)(uint32_t)pick[0] * (uint32_t)s->live) >> 32); \
        NAME##_change(s, w, s->host[goes], s->shape[goes], 1);                                   \
        s->live--;                                                                               \
        s->host[goes] = s->host[s->live];                                                        \
        s->shape[goes] = s->shape[s->live];                                                      \
      }                                                                                          \
      const int32_t comes = pick[1];                                                             \
      const int32_t host = SCAN(w->dimensions, w->hosts, s->labels, s->free,                     \
                                s->asks + (size_t)comes * w->dimensions, s->need[comes],         \
                                s->weights);                                                     \
      if (host < 0) {                                                                            \
        s->refused++;                                                                            \
        continue;                                                                                \
      }                                                                                          \
      NAME##_change(s, w, host, comes, -1);                                                      \
      s->host[s->live] = host;                                                                   \
      s->shape[s->live] = comes;                                                                 \
      s->live++;                                                                                 \
    }                                                                                            \
  }

DEFINE_CHURN(churn32, scan32, int32_t)
DEFINE_CHURN(churn16, scan16, int16_t)

static void *wanted(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (memory == NULL) {
    fprintf(stderr, "no memory for %zu bytes\n", bytes);
    exit(3);
  }
  return memory;
}

/* Amounts of a dimension are multiplied, which changes no comparison, to use 15 bits. */
static int32_t scale_of(int32_t most, int lanes) {
  return lanes == 32 ? 1 : (most > 0 && most <= INT16_MAX ? INT16_MAX / most : 1);
}

#define DEFINE_LOAD(NAME, STATE, AMOUNT, LANES, TOP)                                             \
  static STATE NAME(const workload *w) {                                                         \
    STATE s;                                                                                     \
    memset(&s, 0, sizeof s);                                                                     \
    const size_t hosts = (size_t)w->hosts, shapes = (size_t)w->shapes;                           \
    const size_t dims = (size_t)w->dimensions;                                                   \
    s.labels = wanted(hosts * sizeof(AMOUNT));                                                   \
    s.free = wanted(hosts * dims * sizeof(AMOUNT));                                              \
    s.asks = wanted(shapes * dims * sizeof(AMOUNT));                                             \
    s.need = wanted(shapes * sizeof(AMOUNT));                                                    \
    s.weights = wanted(dims * sizeof(AMOUNT));                                                   \
    for (size_t i = 0; i < hosts; i++) s.labels[i] = (AMOUNT)w->labels[i];                       \
    for (size_t i = 0; i < shapes; i++) s.need[i] = (AMOUNT)w->need[i];                          \
    for (size_t d = 0; d < dims; d++) {                                                          \
      const int32_t scale = scale_of(w->most[d], LANES);                                         \
      const int64_t most = (int64_t)w->most[d] * scale;                                          \
      s.weights[d] = (AMOUNT)((int64_t)(TOP) / (int64_t)dims / (most > 0 ? most : 1));           \
      for (size_t i = 0; i < hosts; i++)                                                         \
        s.free[d * hosts + i] = (AMOUNT)(w->free[d * hosts + i] * scale);                        \
      for (size_t i = 0; i < shapes; i++)                                                        \
        s.asks[i * dims + d] = (AMOUNT)(w->asks[i * dims + d] * scale);                          \
    }                                                                                            \
    const size_t room = (size_t)w->live + 1;                                                     \
    s.host = wanted(room * sizeof(int32_t));                                                     \
    s.shape = wanted(room * sizeof(int32_t));                                                    \
    memcpy(s.host, w->live_host, (size_t)w->live * sizeof(int32_t));                             \
    memcpy(s.shape, w->live_shape, (size_t)w->live * sizeof(int32_t));                           \
    s.live = w->live;                                                                            \
    return s;                                                                                    \
  }

DEFINE_LOAD(load32, churn32_state, int32_t, 32, INT32_MAX / 2)
DEFINE_LOAD(load16, churn16_state, int16_t, 16, (int64_t)INT16_MAX << 15)

static int32_t *read_words(const char *path, size_t *words) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(3);
  }
  fseek(file, 0, SEEK_END);
  const long bytes = ftell(file);
  rewind(file);
  int32_t *memory = wanted((size_t)bytes);
  *words = fread(memory, sizeof(int32_t), (size_t)bytes / sizeof(int32_t), file);
  fclose(file);
  return memory;
}

static workload parse(const int32_t *word, size_t words) {
  workload w;
  if (words < 6 || word[0] != MAGIC) {
    fprintf(stderr, "no workload\n");
    exit(3);
  }
  w.hosts = word[1];
  w.dimensions = word[2];
  w.shapes = word[3];
  w.live = word[4];
  w.picks = word[5];
  w.labels = word + 6;
  w.need = w.labels + w.hosts;
  w.most = w.need + w.shapes;
  w.asks = w.most + w.dimensions;
  w.free = w.asks + (size_t)w.shapes * w.dimensions;
  w.live_host = w.free + (size_t)w.hosts * w.dimensions;
  w.live_shape = w.live_host + w.live;
  w.pick = w.live_shape + w.live;
  if (w.dimensions > MOST_DIMENSIONS || w.pick + 2 * (size_t)w.picks != word + words) {
    fprintf(stderr, "a workload of another length\n");
    exit(3);
  }
  return w;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: native-scan <workload> <round ms> <rounds> <lanes>\n");
    return 2;
  }
  const double round_ms = atof(argv[2]);
  const int rounds = atoi(argv[3]), lanes = atoi(argv[4]);
  if (rounds < 1 || rounds > 1000 || (lanes != 16 && lanes != 32)) return 2;
  size_t words = 0;
  const int32_t *word = read_words(argv[1], &words);
  const workload w = parse(word, words);
  churn32_state wide;
  churn16_state narrow;
  if (lanes == 32) wide = load32(&w);
  else narrow = load16(&w);
  int64_t pairs = 8;
  double rates[1000];
  for (int round = -1; round < rounds;) {
    const double started = now_ms();
    if (lanes == 32) churn32(&wide, &w, pairs);
    else churn16(&narrow, &w, pairs);
    const double took = now_ms() - started;
    if (round < 0) {
      if (took < round_ms / 4) {
        pairs *= 2;
        continue;
      }
      pairs = (int64_t)((double)pairs * round_ms / took) + 1;
    } else {
      rates[round] = (double)pairs / took * 1e3;
    }
    round++;
  }
  qsort(rates, (size_t)rounds, sizeof(double), ascending);
  const double middle = rounds % 2 ? rates[rounds / 2]
                                   : (rates[rounds / 2 - 1] + rates[rounds / 2]) / 2;
  const int64_t refused = lanes == 32 ? wide.refused : narrow.refused;
  const int32_t live = lanes == 32 ? wide.live : narrow.live;
  printf("{\"median\":%.1f,\"best\":%.1f,\"rounds\":%d,\"lanes\":%d,\"refused\":%" PRId64
         ",\"live\":%" PRId32 "}\n",
         middle, rates[rounds - 1], rounds, lanes, refused, live);
  return 0;
}
