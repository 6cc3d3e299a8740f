package io.videoml.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds dashboard and alerts to what the sink exports. */
class DeployedFilesTest {
  private static final Pattern METRIC = Pattern.compile("\\bvideo_\\w+");
  private static final Pattern SELECTED =
      Pattern.compile("\\b(video_\\w+)\\{([^}]*)}"); // name{label="x", ...}
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\s*(?:=~|!=|=)\\s*\"([^\"]*)\"");

  private final Scrape scrape = scrape();

  @Test
  void dashboard_itsMetrics_areExported() {
    Set<String> used = names(String.join("\n", Deployed.queries()));

    assertThat(used).isSubsetOf(scrape.names());
    assertThat(Deployed.dashboard().at("/templating/list/1/definition").asText())
        .isEqualTo("label_values(video_camera_status, camera_id)");
  }

  @Test
  void dashboard_allMetrics_areShown() {
    assertThat(names(String.join("\n", Deployed.queries())))
        .containsExactlyInAnyOrderElementsOf(scrape.names());
  }

  @Test
  void alerts_theirMetrics_areExported() {
    Set<String> used = names(Deployed.text("alerts.yml"));

    assertThat(used).isSubsetOf(scrape.names()).hasSizeGreaterThan(7);
  }

  @Test
  void alertTests_theirMetrics_areExported() {
    assertThat(names(Deployed.text("alerts.test.yml"))).isSubsetOf(scrape.names());
  }

  @Test
  void alerts_all_areTestedAndDocumented() {
    List<String> alerts =
        Pattern.compile("- alert: (\\w+)")
            .matcher(Deployed.text("alerts.yml"))
            .results()
            .map((MatchResult alert) -> alert.group(1))
            .toList();

    assertThat(alerts).hasSize(11);
    for (String alert : alerts) {
      assertThat(Deployed.text("alerts.test.yml"))
          .as("fires in a test")
          .containsPattern("alertname: " + alert + "\\s+exp_alerts:");
      assertThat(Deployed.text("README.md")).contains("| `" + alert + "` |");
    }
  }

  @Test
  void selectors_all_nameLabelsAndValuesThatExist() {
    Set<String> values = new HashSet<>();
    Arrays.stream(DropReason.values()).forEach(reason -> values.add(reason.code()));
    Arrays.stream(Stage.values()).forEach(stage -> values.add(stage.code()));
    values.add("$camera");
    String all = String.join("\n", Deployed.queries()) + "\n" + Deployed.text("alerts.yml");

    List<MatchResult> selected = SELECTED.matcher(all).results().toList();

    assertThat(selected).hasSizeGreaterThan(20);
    for (MatchResult series : selected) {
      for (MatchResult selector : SELECTOR.matcher(series.group(2)).results().toList()) {
        assertThat(scrape.labels(series.group(1))).as(series.group()).contains(selector.group(1));
        assertThat(values).as(series.group()).containsAll(List.of(selector.group(2).split("\\|")));
      }
    }
  }

  @Test
  void dashboard_itsPanels_areCompleteAndDoNotOverlap() {
    Set<Integer> ids = new HashSet<>();
    boolean[][] taken = new boolean[100][24];
    for (JsonNode panel : Deployed.dashboard().get("panels")) {
      String title = panel.get("title").asText();
      assertThat(ids.add(panel.get("id").asInt())).as("%s: its id is its own", title).isTrue();
      JsonNode place = panel.get("gridPos");
      for (int y = 0; y < place.get("h").asInt(); y++) {
        for (int x = 0; x < place.get("w").asInt(); x++) {
          int row = place.get("y").asInt() + y;
          int column = place.get("x").asInt() + x;
          assertThat(taken[row][column]).as("%s overlaps", title).isFalse();
          taken[row][column] = true;
        }
      }
    }
    for (JsonNode panel : Deployed.panels()) {
      String title = panel.get("title").asText();
      assertThat(panel.get("type").asText())
          .isIn("stat", "timeseries", "state-timeline", "heatmap");
      assertThat(panel.get("description").asText()).as(title).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText())
          .as(title)
          .isIn("s", "ops", "short", "percentunit");
      Set<String> letters = new HashSet<>();
      for (JsonNode target : panel.get("targets")) {
        assertThat(letters.add(target.get("refId").asText())).as(title).isTrue();
        assertThat(target.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
        assertThat(target.get("expr").asText()).as(title).contains("camera_id=~\"$camera\"");
      }
      assertThat(letters).as(title).isNotEmpty();
    }
  }

  @Test
  void dashboard_itsVariables_areThoseUsed() {
    Set<String> variables = new TreeSet<>();
    Deployed.dashboard()
        .at("/templating/list")
        .forEach(variable -> variables.add(variable.get("name").asText()));

    assertThat(variables).containsExactly("camera", "datasource");
  }

  private static Set<String> names(String text) {
    return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Scrape scrape() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MicrometerMetricsSinkTest.tellAll(MicrometerMetricsSink.of(registry, "gate"), "cam-1");
    return new Scrape(registry.scrape());
  }
}
