/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sanitiser against hostile names, and against everything else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The string is an array: its length counts, a NUL in it does not end it. */
#define ROW(in, out) {in, sizeof(in) - 1, out}

static void test_hostile(void **state)
{
	static const struct {
		const char *in;
		size_t n;
		const char *out;
	} row[] = {
		ROW("mysqld", "mysqld"),
		ROW("", ""),
		ROW("\033[31m", "?[31m"),
		ROW("\033]0;owned\007", "?]0;owned?"),
		ROW("\xc2\x9b" "31m", "?31m"),
		ROW("\x9b" "31m", "?31m"),
		ROW("\u202egpj.exe", "?gpj.exe"),
		ROW("a\0b\tc\nd\re\x7f", "a?b?c?d?e?"),
		ROW("x) R 1 (", "x) R 1 ("),
		/* Format, zero-width and bidi controls, and tags. */
		ROW("\u00ad\u200b\u200d\u200f", "????"),
		ROW("\u2028\u2029\u202a\u2060\u2066\u2069\u206f", "???????"),
		ROW("\ufeff\ufff0\ufffb", "???"),
		ROW("\U000e0001\U000e0041\U000e007f", "???"),
		/* Combining, filling, joining, private, unassigned. */
		ROW("e\u0301", "e?"),
		ROW("\u0903", "?"),
		ROW("\u115f\u1160\u11ff\u3164\uffa0", "?????"),
		ROW("\u2764\ufe0f", "\u2764?"),
		ROW("\U0001f44d\U0001f3fb", "\U0001f44d?"),
		ROW("\U0001f1e9\U0001f1ea", "??"),
		ROW("\ue000\U000f0000\U0010ffff", "???"),
		ROW("\u0378\ufffe\uffff", "???"),
		/* Each byte of what is not UTF-8. */
		ROW("\xff\xfe\x80", "???"),
		ROW("\xc0\x80\xc1\xbf", "????"),
		ROW("\xe0\x80\xaf", "???"),
		ROW("\xf0\x80\x80\xaf", "????"),
		ROW("\xed\xa0\x80", "???"),
		ROW("\xf4\x90\x80\x80", "????"),
		ROW("\xf8\x88\x80\x80\x80", "?????"),
		ROW("\xe2\x82" "A", "??A"),
		ROW("\xe2\x82", "??"),
		ROW("\xc3", "?"),
		/* What is fit stays. */
		ROW("caf\u00e9 \u0416 \u4e2d\u6587 \U0001f600 \ufffd",
		    "caf\u00e9 \u0416 \u4e2d\u6587 \U0001f600 \ufffd"),
		ROW("\u2192\u2581\u2588\u2502\u00b7",
		    "\u2192\u2581\u2588\u2502\u00b7"),
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		size_t n = text_clean(out, sizeof(out), row[i].in, row[i].n,
				      -1);

		assert_string_equal(out, row[i].out);
		assert_int_equal(n, strlen(row[i].out));
	}
	assert_int_equal(text_clean(out, sizeof(out), NULL, 0, -1), 0);
	assert_string_equal(out, "");
}

static void test_limits(void **state)
{
	static const struct {
		const char *in;
		size_t cap;
		int columns;
		const char *out;
	} row[] = {
		{"abcd", 8, 3, "abc"},
		{"abcd", 8, 4, "abcd"},
		{"abcd", 8, 0, ""},
		{"abcd", 4, -1, "abc"},
		{"abcd", 1, -1, ""},
		{"\u00e9\u00e9", 4, -1, "\u00e9"},
		{"\u00e9\u00e9", 5, -1, "\u00e9\u00e9"},
		{"\u4e2d\u6587", 16, 3, "\u4e2d"},
		{"\u4e2d\u6587", 16, 1, ""},
		{"\u4e2d\u6587x", 16, 4, "\u4e2d\u6587"},
		/* Nothing behind the first that does not fit. */
		{"\u4e2dx", 3, -1, ""},
		{"\u4e2dx", 16, 1, ""},
		{"\033\033\033", 16, 2, "??"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		char *out = malloc(row[i].cap);
		size_t n = text_clean(out, row[i].cap, row[i].in,
				      strlen(row[i].in), row[i].columns);

		assert_string_equal(out, row[i].out);
		assert_int_equal(n, strlen(row[i].out));
		free(out);
	}
	assert_int_equal(text_clean(NULL, 0, "abc", 3, -1), 0);
}

/* Decodes one character, asserting that it is UTF-8 in its shortest form. */
static uint32_t decode(const unsigned char **text)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	unsigned char lead = *(*text)++;
	int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
	uint32_t code = more ? lead & (0x3f >> more) : lead;

	assert_false(lead >= 0x80 && lead < 0xc0);
	assert_true(lead < 0xf8);
	for (int i = 0; i < more; i++) {
		assert_int_equal(**text & 0xc0, 0x80);
		code = code << 6 | (*(*text)++ & 0x3f);
	}
	assert_true(code >= least[more] && code <= 0x10ffff);
	return code;
}

/* The ranges that the rule names, whatever else is refused. */
static void assert_clean(const char *text)
{
	static const uint32_t refused[][2] = {
		{0x00, 0x1f},	  {0x7f, 0x9f},	    {0xad, 0xad},
		{0x300, 0x36f},	  {0x200b, 0x200f}, {0x2028, 0x202e},
		{0x2060, 0x206f}, {0xd800, 0xdfff}, {0xfe00, 0xfe0f},
		{0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xe0000, 0xe007f},
	};
	const unsigned char *at = (const unsigned char *)text;

	while (*at) {
		uint32_t code = decode(&at);

		for (size_t i = 0; i < COUNT(refused); i++)
			assert_false(code >= refused[i][0] &&
				     code <= refused[i][1]);
	}
}

static size_t encode(uint32_t code, unsigned char *out)
{
	if (code < 0x80) {
		out[0] = (unsigned char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (unsigned char)(0xc0 | code >> 6);
		out[1] = (unsigned char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (unsigned char)(0xe0 | code >> 12);
		out[1] = (unsigned char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (unsigned char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (unsigned char)(0xf0 | code >> 18);
	out[1] = (unsigned char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (unsigned char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (unsigned char)(0x80 | (code & 0x3f));
	return 4;
}

/* Each character alone: it stays as it is or is refused, and is clean. */
static void test_every_character(void **state)
{
	size_t kept = 0;

	(void)state;
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		unsigned char in[4];
		size_t n = encode(code, in);
		char out[8];
		size_t length = text_clean(out, sizeof(out), in, n, -1);

		assert_clean(out);
		if (out[0] == '?')
			continue;
		kept++;
		assert_int_equal(length, n);
		assert_memory_equal(out, in, n);
		assert_in_range(text_width(out), 1, 2);
	}
	/* Unicode 14 has 144,697 characters; marks and controls are few. */
	assert_in_range(kept, 140000, 144697);
}

static unsigned int next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned int)(*seed >> 33);
}

/* Bytes that are likely to meet in a sequence, and any others. */
static unsigned char random_byte(uint64_t *seed)
{
	static const unsigned char likely[] = {
		0x1b, 0x9b, 0xc2, 0xe2, 0x80, 0xae, 0xf0, 0x9f, 0x98, 0xcc,
	};
	unsigned int number = next_random(seed);

	if (number & 1)
		return likely[number / 2 % COUNT(likely)];
	return (unsigned char)(number >> 8);
}

static void test_random_bytes(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 50000; round++) {
		unsigned char in[40];
		size_t n = next_random(&seed) % (sizeof(in) + 1);
		size_t cap = 1 + next_random(&seed) % 48;
		int columns = (int)(next_random(&seed) % 48) - 1;
		char *out = malloc(cap);
		char again[64];
		size_t length;

		for (size_t i = 0; i < n; i++)
			in[i] = random_byte(&seed);
		length = text_clean(out, cap, in, n, columns);
		assert_true(length < cap);
		assert_int_equal(strlen(out), length);
		assert_clean(out);
		if (columns >= 0)
			assert_true(text_width(out) <= columns);
		/* Cleaning twice changes nothing. */
		text_clean(again, sizeof(again), out, length, -1);
		assert_string_equal(again, out);
		free(out);
	}
}

static void test_clean_dup(void **state)
{
	char *copy = text_clean_dup("a\033b\u00e9");

	(void)state;
	assert_string_equal(copy, "a?b\u00e9");
	free(copy);
	copy = text_clean_dup("");
	assert_string_equal(copy, "");
	free(copy);
	assert_null(text_clean_dup(NULL));
}

static void test_width(void **state)
{
	static const struct {
		const char *text;
		int width;
	} row[] = {
		{"", 0},
		{"abc", 3},
		{"\u00e9\u2192\u2588", 3},
		{"\u4e2d\u6587", 4},
		{"\U0001f600", 2},
		{"\uff21\uff71", 3},
		{"\uac00\u3000\u303f", 5},
		/* Not clean: still one column a byte, never stuck. */
		{"\x80\xff", 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_int_equal(text_width(row[i].text), row[i].width);
}

static void test_prefix(void **state)
{
	static const struct {
		const char *text;
		int columns;
		size_t bytes;
		int width;
	} row[] = {
		{"abc", 2, 2, 2},
		{"abc", 9, 3, 3},
		{"abc", 0, 0, 0},
		{"abc", -1, 0, 0},
		{"\u00e9x", 1, 2, 1},
		{"x\u4e2dy", 1, 1, 1},
		{"x\u4e2dy", 2, 1, 1},
		{"x\u4e2dy", 3, 4, 3},
		{"x\u4e2dy", 4, 5, 4},
	};
	int width;

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		assert_int_equal(text_prefix(row[i].text, row[i].columns,
					     &width), row[i].bytes);
		assert_int_equal(width, row[i].width);
	}
	assert_int_equal(text_prefix("abc", 2, NULL), 2);
}

static void test_contains(void **state)
{
	static const struct {
		const char *text;
		const char *part;
		bool found;
	} row[] = {
		{"mysqld", "SQL", true},
		{"MySQLd", "sqld", true},
		{"mysqld", "mysqld", true},
		{"mysqld", "mysqldx", false},
		{"mysqld", "", true},
		{"", "", true},
		{"", "a", false},
		{"aab", "ab", true},
		{"[a]", "{", false},
		{"\u00e9t\u00e9", "T\u00e9", true},
		{"\u00c9", "\u00e9", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_int_equal(text_contains(row[i].text, row[i].part),
				 row[i].found);
}

static void test_unescape(void **state)
{
	static const char *const row[][2] = {
		{ "", "" },
		{ "/a\\040b", "/a b" },
		{ "\\134\\", "\\\\" },
		{ "\\04", "\\04" },
		{ "\\0480", "\\0480" },
		{ "\\303\\251", "\u00e9" },
	};
	char *plain;

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		plain = text_unescape(row[i][0]);
		assert_string_equal(plain, row[i][1]);
		free(plain);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_every_character),
		cmocka_unit_test(test_random_bytes),
		cmocka_unit_test(test_clean_dup),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_contains),
		cmocka_unit_test(test_unescape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
