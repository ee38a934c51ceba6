/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as an operator reads them. All return @dst, always terminated. */
#ifndef MPTOP_UNITS_H
#define MPTOP_UNITS_H

#include <stddef.h>
#include <stdint.h>

/* Enough for every result below. */
#define UNITS_CAP 24

/*
 * A count in at most 5 columns: "0", "812", "12.4k", "1.20M", "-1.2k"; "-"
 * for UNKNOWN. Rounded half up at the last digit shown (half away from 0 if
 * negative); never wider below 2^53, never a 0 for a count that is not 0.
 */
char *units_count(char *dst, size_t cap, int64_t count);

/*
 * A rate per second of @count in @interval_ns: "0", "<0.1", "0.3", "812",
 * "12.4k"; "-" if @count is UNKNOWN or negative or the interval not positive.
 */
char *units_rate(char *dst, size_t cap, int64_t count, int64_t interval_ns);

/* Bytes by powers of 1024: "512B", "64.0M", "1.50T"; "-" for UNKNOWN. */
char *units_bytes(char *dst, size_t cap, int64_t bytes);

/* MiB with one decimal: "123.0", "0.4", "<0.1"; "-" if negative or UNKNOWN. */
char *units_mib(char *dst, size_t cap, int64_t bytes);

/*
 * A duration: three digits without trailing zeros below a minute, "812ns",
 * "1.5us", "84ms", "1.46s"; from there on cut off, "3m05s", "2h10m", "41d".
 * "-" if negative or UNKNOWN.
 */
char *units_duration(char *dst, size_t cap, int64_t ns);

/*
 * Part of whole: "0%", "<0.1%", "3.1%", "62%", ">99%" for almost all, "100%",
 * ">999%"; "-" if either is negative or UNKNOWN or whole is 0.
 */
char *units_percent(char *dst, size_t cap, int64_t part, int64_t whole);

/*
 * The smallest 1, 2 or 5 times a power of ten that is >= @value and >= 1;
 * INT64_MAX if there is none.
 */
int64_t units_scale_125(int64_t value);

/*
 * The smallest 1, 2, 5, 10, ... or 500 times a power of 1024 that is >= @bytes
 * and >= 1; INT64_MAX if there is none.
 */
int64_t units_scale_bytes(int64_t bytes);

/*
 * Reads "4096", "10k" or "1.5M": a whole number, maybe written with k, M or G
 * (powers of 1000) and a decimal point. Returns 0, or -EINVAL for anything
 * else ("1.5" is not whole) and -ERANGE beyond 2^53; then *@value stays.
 */
int units_parse(const char *text, int64_t *value);

#endif
