/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Containers and machines by cgroup path and command line: tables. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "proc_name.h"

#define ID "4f1a0c8d9e7b6a5f4f1a0c8d9e7b6a5f4f1a0c8d9e7b6a5f4f1a0c8d9e7b6a5f"
#define ID12 "4f1a0c8d9e7b"
#define ID2 "00000000000000000000000000000000000000000000000000000000deadbeef"
#define POD "pod3f2d1a0e_8a7b_4c6d_9e5f_0a1b2c3d4e5f"

static void check_text(char *got, const char *expected, const char *what)
{
	if (expected && got && !strcmp(got, expected)) {
		free(got);
		return;
	}
	if (!expected && !got)
		return;
	fail_msg("%s: %s instead of %s", what, got ? got : "(null)",
		 expected ? expected : "(null)");
}

static const struct {
	const char *path;
	const char *name;
} containers[] = {
	{ NULL, NULL },
	{ "", NULL },
	{ "/", NULL },
	{ "/system.slice/mysqld.service", NULL },
	/* docker, by cgroupfs and by systemd; nested */
	{ "/docker/" ID, ID12 },
	{ "/system.slice/docker-" ID ".scope", ID12 },
	{ "/docker/" ID2 "/docker/" ID, ID12 },
	{ "/docker/" ID "/system.slice/cron.service", ID12 },
	/* kubernetes: containerd, CRI-O, cgroupfs */
	{ "/kubepods.slice/kubepods-burstable.slice/"
	  "kubepods-burstable-" POD ".slice/cri-containerd-" ID
	  ".scope", ID12 },
	{ "/kubepods/besteffort/" POD "/" ID, ID12 },
	{ "/system.slice/containerd.service/kubepods-burstable-" POD
	  ".slice:cri-containerd:" ID, ID12 },
	{ "/kubepods.slice/kubepods-" POD ".slice/crio-" ID ".scope",
	  ID12 },
	{ "/kubepods.slice/kubepods-" POD ".slice/crio-conmon-" ID
	  ".scope", NULL },
	{ "/kubepods.slice/kubepods-" POD ".slice", NULL },
	/* podman: root, user, in a pod, its monitor */
	{ "/machine.slice/libpod-" ID ".scope/container", ID12 },
	{ "/user.slice/user-1000.slice/user@1000.service/user.slice/"
	  "libpod-" ID ".scope", ID12 },
	{ "/machine.slice/machine-libpod_pod_" ID2 ".slice/libpod-" ID
	  ".scope", ID12 },
	{ "/machine.slice/machine-libpod_pod_" ID2 ".slice", NULL },
	{ "/machine.slice/libpod-conmon-" ID ".scope", NULL },
	{ "/libpod_parent/libpod-" ID, ID12 },
	/* LXC, its monitor, libvirt's */
	{ "/lxc/web", "web" },
	{ "/lxc/101/ns/init.scope", "101" },
	{ "/lxc.payload.web/system.slice/nginx.service", "web" },
	{ "/lxc.payload/web", "web" },
	{ "/lxc.monitor.web", NULL },
	{ "/machine.slice/machine-lxc\\x2d812\\x2dweb\\x2d1.scope",
	  "web-1" },
	/* systemd-nspawn */
	{ "/machine.slice/systemd-nspawn@deb12.service/payload",
	  "deb12" },
	{ "/machine.slice/machine-my\\x2dbox.scope", "my-box" },
	{ "/machine.slice/systemd-nspawn@a\\x2db.service", "a-b" },
	/* a virtual machine is no container, but can be in one */
	{ "/machine.slice/machine-qemu\\x2d1\\x2ddb7.scope", NULL },
	{ "/docker/" ID "/machine.slice/machine-qemu\\x2d1\\x2ddb7"
	  ".scope/libvirt/emulator", ID12 },
	/* almost */
	{ "/docker/" ID "0", NULL },
	{ "/docker/4f1a0c8d9e7b", NULL },
	{ "/lxc", NULL },
	{ "/system.slice/machine-x.scope", NULL },
	{ "/machine.slice/systemd-nspawn@.service", NULL },
	/* hostile */
	{ "/lxc/\033[31mred", "?[31mred" },
	{ "/lxc/a\\x1b[31m", "a?[31m" },
	{ "/lxc/a\\x00b", "a\\x00b" },
	{ "/lxc/a\\x2", "a\\x2" },
	{ "/lxc/a\\x", "a\\x" },
	{ "/lxc/\\", "\\" },
	{ "/lxc/a\\xff", "a?" },
};

static void test_containers(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(containers) / sizeof(*containers); i++)
		check_text(proc_container_name(containers[i].path), containers[i].name,
			   containers[i].path);
}

struct machine {
	const char *comm;
	const char *args; /* with '|' after each */
	const char *path;
	const char *name;
};

static const struct machine machines[] = {
	/* QEMU, as libvirt, Proxmox and people start it */
	{ "qemu-system-x86", "/usr/bin/qemu-system-x86_64|-name|guest=db7,"
	  "debug-threads=on|-S|", NULL, "db7" },
	{ "kvm", "/usr/bin/kvm|-id|101|-name|web,debug-threads=on|", NULL,
	  "web" },
	{ "qemu-kvm", "/usr/libexec/qemu-kvm|-name|guest=a b|", NULL, "a b" },
	{ "qemu-system-aar", "qemu-system-aarch64|--name|x|", NULL, "x" },
	{ "db7", "qemu-system-x86_64|-name|process=db7,guest=seven|", NULL,
	  "seven" },
	{ "qemu-system-x86", "vm-db7|-name|guest=db7|", NULL, "db7" },
	{ "qemu-kvm", "qemu-kvm|-name|guest=a,,b=c,process=d|", NULL,
	  "a,b=c" },
	{ "qemu-kvm", "qemu-kvm|-name|first|-name|guest=last|", NULL, "last" },
	{ "qemu-kvm", "qemu-kvm|-name|debug-threads=on|", NULL, NULL },
	{ "qemu-kvm", "qemu-kvm|-name|", NULL, NULL },
	{ "qemu-kvm", "qemu-kvm|-m|4096|", NULL, NULL },
	/* Firecracker, alone and by its jailer */
	{ "firecracker", "/firecracker|--id=551e|--start-time-us|1|", NULL,
	  "551e" },
	{ "firecracker", "firecracker|--api-sock|/x|--id|vm-3|", NULL, "vm-3" },
	/* Cloud Hypervisor */
	{ "cloud-hyperviso", "cloud-hypervisor|--api-socket|/run/ch/vm1.sock|",
	  NULL, "vm1" },
	{ "cloud-hyperviso", "cloud-hypervisor|--api-socket|"
	  "path=/run/libvirt/ch/db7-socket|", NULL, "db7" },
	{ "cloud-hyperviso", "/usr/bin/cloud-hypervisor|--api-socket="
	  "/run/vc/vm/kata1/clh-api.sock|", NULL, "kata1" },
	{ "cloud-hyperviso", "cloud-hypervisor|--api-socket|fd=3|--platform|"
	  "serial_number=s,uuid=9e5f|", NULL, "9e5f" },
	{ "cloud-hyperviso", "cloud-hypervisor|--api-socket|/|", NULL, NULL },
	{ "cloud-hyperviso", "cloud-hypervisor|--kernel|k|", NULL, NULL },
	/* libvirt's cgroups, with and without systemd */
	{ "vhost-12", "", "/machine.slice/machine-qemu\\x2d1\\x2ddb7.scope",
	  "db7" },
	{ "qemu-kvm", "qemu-kvm|", "/machine.slice/machine-qemu\\x2d12\\x2d"
	  "my\\x2dvm.scope/libvirt/vcpu0", "my-vm" },
	{ "x", "", "/machine/qemu-3-web.libvirt-qemu/emulator", "web" },
	{ "qemu-kvm", "qemu-kvm|-name|guest=db/7|",
	  "/machine.slice/machine-qemu\\x2d1\\x2ddb7.scope", "db/7" },
	{ "x", "", "/machine.slice/machine-lxc\\x2d1\\x2dweb.scope", NULL },
	{ "x", "", "/machine.slice/machine-qemu.scope", NULL },
	{ "x", "", "/machine/qemu-3-web", NULL },
	/* the words alone make no hypervisor */
	{ "vim", "vim|/etc/libvirt/qemu/db7.xml|-name|guest=db7|", NULL, NULL },
	{ "grep", "grep|qemu|-name|x|", NULL, NULL },
	{ "sh", "sh|-c|qemu-system-x86_64 -name guest=db7|", NULL, NULL },
	{ "qemu-img", "qemu-img|-name|x|", NULL, NULL },
	{ "qemu-nbd", "/usr/bin/qemu-nbd|-name|x|", NULL, NULL },
	{ "kvm-nx-lpage-re", "", NULL, NULL },
	{ "firecracker-ctl", "firecracker-ctl|--id|x|", NULL, NULL },
	{ "bash", "bash|--id|x|--api-socket|/y|", NULL, NULL },
	{ "qemu-kvm", "qemu-kvm|-append|quiet -name guest=no|", NULL, NULL },
	{ "qemu-kvm", "qemu-kvm|-names|x|", NULL, NULL },
	/* hostile */
	{ "qemu-kvm", "qemu-kvm|-name|guest=\033]0;x\a|", NULL, "?]0;x?" },
	{ "qemu-kvm", "qemu-kvm|-name|,,,,,|", NULL, ",," },
	{ "qemu-kvm", "qemu-kvm|-name|,guest=|", NULL, NULL },
	{ "qemu-kvm", "|||-name||", NULL, NULL },
	{ "firecracker", "firecracker|--id=|", NULL, NULL },
	{ NULL, "", NULL, NULL },
};

/* The arguments of @text, whose '|' are zero bytes then. */
static struct proc_args args_of(const char *text, char *buffer, bool cut)
{
	struct proc_args args = { buffer, strlen(text), cut };
	size_t i;

	for (i = 0; i < args.n; i++)
		buffer[i] = text[i] == '|' ? '\0' : text[i];
	return args;
}

static void test_machines(void **state)
{
	struct proc_args args;
	char buffer[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		const struct machine *m = &machines[i];

		args = args_of(m->args, buffer, false);
		check_text(proc_vm_name(m->comm, &args, m->path), m->name,
			   m->args);
	}
	check_text(proc_vm_name(NULL, NULL, NULL), NULL, "nothing");
}

/* What was captured may end anywhere: half a name is no name. */
static void test_cut_short(void **state)
{
	static const char text[] = "qemu-kvm|-name|guest=database|";
	struct proc_args args;
	char buffer[64], *memory;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text); n++) {
		args = args_of(text, buffer, true);
		memory = malloc(n ? n : 1); /* reads past it are seen */
		assert_non_null(memory);
		memcpy(memory, buffer, n);
		args = (struct proc_args){ memory, n, true };
		check_text(proc_vm_name("qemu-kvm", &args, NULL),
			   n == sizeof(text) - 1 ? "database" : NULL, text);
		free(memory);
	}
}

static void test_text(void **state)
{
	struct proc_args args;
	char buffer[64];

	(void)state;
	args = args_of("a|b c||d|", buffer, false);
	check_text(proc_args_text(&args), "a b c  d", "words");
	args = args_of("a|\033[0m|", buffer, false);
	check_text(proc_args_text(&args), "a ?[0m", "hostile");
	args = args_of("a|bc", buffer, true);
	check_text(proc_args_text(&args), "a bc...", "cut");
	args = args_of("|||", buffer, false);
	check_text(proc_args_text(&args), NULL, "empty");
	args = (struct proc_args){ NULL, 0, false };
	check_text(proc_args_text(&args), NULL, "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_containers),
		cmocka_unit_test(test_machines),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
