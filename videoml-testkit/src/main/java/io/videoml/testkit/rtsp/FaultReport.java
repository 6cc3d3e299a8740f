package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Writes what the contract saw, a line per test, into the file that the system property {@code
 * videoml.faults.report} names; nothing without it. The columns, tab-separated: test class, test,
 * {@code passed} or {@code FAILED}, what was seen.
 */
final class FaultReport implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
  private static final List<String> SEEN = new ArrayList<>(); // tests run one after another

  /** Takes note of a fact of the test that runs. */
  static synchronized void saw(String fact) {
    SEEN.add(fact);
  }

  @Override
  public void beforeTestExecution(ExtensionContext test) {
    synchronized (FaultReport.class) {
      SEEN.clear();
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext test) throws IOException {
    String file = System.getProperty("videoml.faults.report", "");
    if (!file.isBlank()) {
      String line =
          String.join(
                  "\t",
                  test.getRequiredTestClass().getSimpleName(),
                  test.getRequiredTestMethod().getName(),
                  test.getExecutionException().isPresent() ? "FAILED" : "passed",
                  String.join("; ", facts()))
              + "\n";
      Files.writeString(
          Path.of(file), line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static synchronized List<String> facts() {
    return List.copyOf(SEEN);
  }
}
