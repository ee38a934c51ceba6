/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The build id of an ELF file, which is in one of its notes. */
#ifndef MPTOP_ELF_BUILD_ID_H
#define MPTOP_ELF_BUILD_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "elf_file.h"

/* As the kernel has it: BPF_BUILD_ID_SIZE, zeros behind a shorter one. */
#define BUILD_ID_BYTES 20

/* Of @file into @id; false: it has none. */
bool elf_build_id(const struct elf_file *file, uint8_t id[BUILD_ID_BYTES]);

/* @id in hexadecimal, to be freed. */
char *elf_build_id_text(const uint8_t id[BUILD_ID_BYTES]);

#endif
