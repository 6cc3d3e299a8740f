package io.videoml.cli.doctor;

/** Text in two columns, for people. */
final class TextPage {
  private static final int INDENT = 2;
  private static final int LABEL = 20;
  private static final int WIDTH = 110;

  private final StringBuilder text = new StringBuilder();

  void title(String title) {
    text.append(text.length() == 0 ? "" : "\n").append(title).append('\n');
  }

  /** Adds a row, wrapped within its column; nothing where there is no value. */
  void row(String label, String value) {
    if (value.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(" ".repeat(INDENT)).append(label);
    pad(line);
    boolean fresh = true;
    for (String word : value.split(" ")) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder();
        pad(line);
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    text.append(line).append('\n');
  }

  private static void pad(StringBuilder line) {
    int width = INDENT + LABEL;
    line.append(" ".repeat(Math.max(1, width - line.length())));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
