package io.videoml.testkit.kvs;

import io.videoml.testkit.kvs.faults.FaultException;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.service.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Answers in JSON, as AWS's protocol "rest-json" has it. */
final class Answers {
  private Answers() {}

  static void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("__type", type);
    body.put("message", message);
    json(
        exchange,
        status,
        List.of(new HttpHeader("x-amzn-ErrorType", type)),
        body,
        new RequestFaults(List.of()));
  }

  static void json(
      HttpExchange exchange,
      int status,
      List<HttpHeader> more,
      Map<String, Object> body,
      RequestFaults faults)
      throws IOException {
    if (exchange.status() != 0) {
      throw new IOException("the answer had begun");
    }
    List<HttpHeader> headers = new ArrayList<>(more);
    headers.add(new HttpHeader("Content-Type", "application/json"));
    headers.add(new HttpHeader("x-amzn-RequestId", UUID.randomUUID().toString()));
    byte[] content = Parameters.json(body);
    if (faults.all().isEmpty()) {
      exchange.answer(status, headers, content);
      return;
    }
    try (OutputStream out = exchange.stream(status, headers)) {
      faults.answer(exchange, out).write(content);
    } catch (FaultException e) {
      if (!e.inOrder()) {
        throw e;
      }
    }
  }
}
