package io.videoml.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Processor time and allocation of this process, as the operating system and the JVM count them.
 */
final class Cpu {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Cpu() {}

  /** Returns the processor time of all threads so far, the JVM's own included, in seconds. */
  static double processSeconds() {
    return PROCESS.getProcessCpuTime() / 1e9;
  }

  /** Returns the processor time of the calling thread so far, in seconds. */
  static double threadSeconds() {
    return THREADS.getCurrentThreadCpuTime() / 1e9;
  }

  /** Returns the bytes that the calling thread allocated on the heap so far. */
  static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
