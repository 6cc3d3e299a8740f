package io.videoml.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library: loaded at first use, and kept until the process ends. */
final class OnnxLibrary {
  private static final Set<OnnxEngine> OPEN = ConcurrentHashMap.newKeySet();

  private static @Nullable OrtEnvironment environment;

  private OnnxLibrary() {}

  /** Returns the environment that every session is made in. */
  static synchronized OrtEnvironment load() {
    if (environment == null) {
      environment = OrtEnvironment.getEnvironment(logLevel(), "videoml");
      Runtime.getRuntime().addShutdownHook(new Thread(OnnxLibrary::haltAll, "videoml-onnx-exit"));
    }
    return environment;
  }

  /**
   * Errors also come as exceptions, so on stderr, where the native code writes past every Java
   * logger, they are only noise.
   */
  static OrtLoggingLevel logLevel() {
    Logger logger = LoggerFactory.getLogger("io.videoml.onnx.native");
    if (logger.isTraceEnabled()) {
      return OrtLoggingLevel.ORT_LOGGING_LEVEL_VERBOSE;
    }
    return logger.isDebugEnabled()
        ? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING
        : OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
  }

  static void opened(OnnxEngine engine) {
    OPEN.add(engine);
  }

  static void closed(OnnxEngine engine) {
    OPEN.remove(engine);
  }

  /**
   * Ends the calls that are running when the process exits, and lets no more in: ONNX Runtime has a
   * shutdown hook of its own that frees the environment without regard to them, and after the hooks
   * come the destructors of the native library. 75 exits in the middle of calls went well without
   * this (1.29.0, 2026-11-22), but others report crashes (onnxruntime issue 31352).
   */
  private static void haltAll() {
    OPEN.forEach(OnnxEngine::halt);
    OPEN.forEach(OnnxEngine::awaitCalls);
  }
}
