/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is made of the kernel side's records: marks, and why nothing moved. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "bpf/mptop.h"
#include "call.h"
#include "call_decode.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Four nodes with memory; nodes are written as bits. */
static const struct call_world four = { { { 0xf } }, true };

#define HAS(mask) (1U << MPTOP_##mask)
#define ROW(...) .word = { { { __VA_ARGS__ } } }
/* entry old, new; copy old, new; used old, new; denied */
#define MASKS(...)                                                          \
	ROW(__VA_ARGS__),                                                   \
	.has = MPTOP_HAS_RET | HAS(ENTRY_OLD) | HAS(ENTRY_NEW) |            \
	       HAS(COPY_OLD) | HAS(COPY_NEW) | HAS(USED_OLD) |              \
	       HAS(USED_NEW) | HAS(DENIED)
#define MIGRATE(...)                                                        \
	.call = MPTOP_MIGRATE_PAGES, .entry_ns = 1, MASKS(__VA_ARGS__)

static void decode(const struct mptop_call *call,
		   const struct call_world *world, struct sample_event *event)
{
	memset(event, 0, sizeof(*event));
	event->ret = call->ret < 0 ? -1 : call->ret;
	event->error = call->ret < 0 ? -call->ret : 0;
	if (!(call->has & MPTOP_HAS_RET))
		event->ret = event->error = UNKNOWN;
	call_decode(call, world, event);
}

static void test_marks(void **state)
{
	static const struct {
		struct mptop_call call;
		unsigned int marks;
	} row[] = {
		{ { MIGRATE(1, 2, 1, 2, 1, 2, 0) }, 0 },
		{ { MIGRATE(3, 2, 1, 2, 1, 2, 0) }, MARK_TOCTOU },
		{ { MIGRATE(1, 4, 1, 2, 1, 2, 0) }, MARK_TOCTOU },
		/* Lost for a cause: denied, or without memory. */
		{ { MIGRATE(1, 6, 1, 6, 1, 2, 4) }, MARK_NARROWED },
		{ { MIGRATE(1, 0x22, 1, 0x22, 1, 2, 0) }, MARK_NARROWED },
		/* Lost for none that is known. */
		{ { MIGRATE(1, 6, 1, 6, 1, 2, 0) }, 0 },
		{ { MIGRATE(1, 4, 1, 6, 1, 2, 4) },
		  MARK_TOCTOU | MARK_NARROWED },
	};
	struct sample_event event;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(row); i++) {
		decode(&row[i].call, &four, &event);
		if (event.marks != row[i].marks)
			fail_msg("row %zu: %x", i, event.marks);
		sample_event_clear(&event);
	}
}

/* One that could not be read is no mismatch, and one unknown neither. */
static void test_unreadable(void **state)
{
	struct mptop_call call = { MIGRATE(0, 2, 1, 2, 1, 2, 0) };
	struct sample_event event;

	(void)state;
	call.has &= ~HAS(ENTRY_OLD);
	call.has |= MPTOP_UNREADABLE_OLD;
	decode(&call, &four, &event);
	assert_int_equal(event.marks, MARK_UNREADABLE);
	assert_null(event.at_entry.value[2]);
	assert_string_equal(event.at_entry.value[3], "1");
	sample_event_clear(&event);
}

static void test_nothing(void **state)
{
	static const struct {
		struct mptop_call call;
		enum sample_nothing nothing;
	} row[] = {
		{ { MIGRATE(1, 2, 1, 2, 1, 2, 0), .moved_pages = 3 },
		  NOTHING_NONE },
		{ { MIGRATE(1, 2, 1, 2, 1, 2, 0) }, NOTHING_NO_PAGES },
		{ { MIGRATE(1, 2, 1, 2, 1, 2, 0), .ret = 4 }, NOTHING_NONE },
		{ { MIGRATE(3, 3, 3, 3, 3, 3, 0) }, NOTHING_SAME_NODES },
		{ { MIGRATE(0, 3, 0, 3, 0, 3, 0) }, NOTHING_SAME_NODES },
		{ { MIGRATE(1, 0x20, 1, 0x20, 0, 0, 0), .ret = -EINVAL },
		  NOTHING_NO_NODE_LEFT },
		{ { MIGRATE(1, 4, 1, 4, 0, 0, 4), .ret = -EINVAL },
		  NOTHING_NO_NODE_LEFT },
		{ { MIGRATE(1, 2, 1, 2, 0, 0, 0), .ret = -EINVAL },
		  NOTHING_NONE },
		{ { MIGRATE(1, 2, 1, 2, 0, 0, 0), .ret = -EPERM },
		  NOTHING_NONE },
		{ { .call = MPTOP_MBIND, .has = MPTOP_HAS_RET, .entry_ns = 1 },
		  NOTHING_NO_MOVE_FLAG },
		{ { .call = MPTOP_MBIND, .has = MPTOP_HAS_RET, .entry_ns = 1,
		    .arg = { [5] = 2 } }, NOTHING_NO_PAGES },
		/* Its entry was missed: what moved is not known. */
		{ { .call = MPTOP_MBIND, .has = MPTOP_HAS_RET,
		    .arg = { [5] = 2 } }, NOTHING_NONE },
		{ { .call = MPTOP_SET_MEMPOLICY, .has = MPTOP_HAS_RET },
		  NOTHING_POLICY },
		{ { .call = MPTOP_GET_MEMPOLICY, .has = MPTOP_HAS_RET },
		  NOTHING_QUERY },
		{ { .call = MPTOP_MOVE_PAGES, .has = MPTOP_HAS_RET },
		  NOTHING_QUERY },
		{ { .call = MPTOP_MBIND, .entry_ns = 1 }, NOTHING_NONE },
	};
	struct sample_event event;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(row); i++) {
		decode(&row[i].call, &four, &event);
		if (event.nothing != row[i].nothing)
			fail_msg("row %zu: %d", i, event.nothing);
		sample_event_clear(&event);
	}
}

/* The kernel maps by rank, round and round, and keeps what both have. */
static void test_maps_to_itself(void **state)
{
	static const struct {
		uint64_t old, new;
		bool same;
	} row[] = {
		{ 1, 1, true },	 { 1, 2, false }, { 3, 3, true },
		{ 3, 6, false }, { 1, 3, true },  { 3, 1, false },
		{ 2, 3, true },	 { 4, 3, false }, { 1, 0, true },
		{ 0, 1, true },	 { 5, 5, true },  { 5, 3, false },
		{ 7, 3, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(row); i++) {
		struct nodeset old = { { row[i].old } };
		struct nodeset new = { { row[i].new } };

		if (call_maps_to_itself(&old, &new) != row[i].same)
			fail_msg("row %zu", i);
	}
}

static void test_statuses(void **state)
{
	struct call_world blind = four;
	struct mptop_call call = {
		.call = MPTOP_MOVE_PAGES,
		.has = MPTOP_HAS_RET | MPTOP_HAS_STATUSES,
		.entry_ns = 1,
		.arg = { 0, 10, 1, 1, 1, 2 },
		.moved_pages = 515,
		.moved_folios = 4,
		.list = { .statuses = 10,
			  .status = { [MPTOP_STATUS_NODE] = 7, [EBUSY] = 2,
				      [0] = 1 } },
	};
	struct sample_event event;

	(void)state;
	decode(&call, &four, &event);
	assert_int_equal(event.moved_pages, 515);
	assert_int_equal(event.statuses.pages, 10);
	assert_int_equal(event.statuses.moved, 4);
	assert_int_equal(event.statuses.already, 3);
	assert_int_equal(event.statuses.error[EBUSY], 2);
	assert_int_equal(event.statuses.error[0], 1);
	sample_event_clear(&event);
	call.arg[1] = 11; /* one was not read */
	decode(&call, &four, &event);
	assert_int_equal(event.statuses.already, UNKNOWN);
	sample_event_clear(&event);
	call.arg[1] = 10;
	blind.folios = false;
	decode(&call, &blind, &event);
	assert_int_equal(event.moved_pages, UNKNOWN);
	assert_int_equal(event.statuses.moved, UNKNOWN);
	assert_int_equal(event.statuses.already, UNKNOWN);
	sample_event_clear(&event);
	call.has = MPTOP_HAS_RET;
	decode(&call, &four, &event);
	assert_int_equal(event.statuses.pages, UNKNOWN);
	sample_event_clear(&event);
}

/* Used is what mpol_set_nodemask() makes of it; if that is what it does. */
static void test_policy_used(void **state)
{
	struct mptop_call call = {
		.call = MPTOP_SET_MEMPOLICY,
		.has = MPTOP_HAS_RET | HAS(ENTRY_NEW) | HAS(COPY_NEW) |
		       HAS(DENIED),
		.entry_ns = 1,
		.arg = { 2 },
		ROW([MPTOP_ENTRY_NEW] = 0x27, [MPTOP_COPY_NEW] = 0x27,
		    [MPTOP_DENIED] = 4),
	};
	static const struct {
		int64_t ret;
		uint64_t mode;
		const char *used;
	} row[] = {
		{ 0, 2, "0-1" },
		{ 0, 2 | 1 << 15, "0-1" },
		{ 0, 2 | 1 << 14, NULL },
		{ 0, 1, NULL },
		{ -EINVAL, 2, NULL },
	};
	struct sample_event event;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(row); i++) {
		call.ret = row[i].ret;
		call.arg[0] = row[i].mode;
		decode(&call, &four, &event);
		if (row[i].used)
			assert_string_equal(event.effective.value[1],
					    row[i].used);
		else
			assert_null(event.effective.value[1]);
		assert_int_equal(event.marks,
				 row[i].used ? MARK_NARROWED : 0);
		sample_event_clear(&event);
	}
}

static void test_abi(void **state)
{
	struct mptop_call call = { .has = MPTOP_HAS_RET };
	struct sample_event event;

	(void)state;
	decode(&call, &four, &event);
	assert_int_equal(event.abi, ABI_NATIVE);
	sample_event_clear(&event);
	call.has |= MPTOP_IA32;
	decode(&call, &four, &event);
	assert_int_equal(event.abi, ABI_IA32);
	sample_event_clear(&event);
	call.call = MPTOP_CPUSET;
	decode(&call, &four, &event);
	assert_int_equal(event.abi, ABI_UNKNOWN);
	sample_event_clear(&event);
}

/* The two orders of calls are one. */
static void test_order(void **state)
{
	(void)state;
	assert_int_equal(MPTOP_SYSCALLS, CALL_COUNT);
	assert_int_equal(MPTOP_MBIND, CALL_MBIND);
	assert_int_equal(MPTOP_SET_MEMPOLICY_HOME_NODE,
			 CALL_SET_MEMPOLICY_HOME_NODE);
	assert_int_equal(MPTOP_CPUSET, CALL_CPUSET);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_maps_to_itself),
		cmocka_unit_test(test_statuses),
		cmocka_unit_test(test_policy_used),
		cmocka_unit_test(test_abi),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
