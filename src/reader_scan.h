/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outermost object of a line. Its long lists go into the sample while they
 * are parsed: as a tree they would take ten times the line's length.
 */
#ifndef MPTOP_READER_SCAN_H
#define MPTOP_READER_SCAN_H

#include "reader_section.h"

/*
 * Parses the @n bytes of @line. Returns all members but the long lists, which
 * are null, as an object that the caller frees; NULL with the reader's error
 * set if the line, or an element of a list, is wrong.
 */
json_t *reader_scan(struct reader *reader, const char *line, size_t n);

#endif
