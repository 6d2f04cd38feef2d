package io.stateward.examples.payment;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The payment service by HTTP. */
final class HttpGateway implements Gateway {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Supplier<URI> address;

  HttpGateway(Supplier<URI> address) {
    this.address = address;
  }

  @Override
  public String validate(Order order) throws IOException, InterruptedException {
    return post("validate", Map.of("id", order.id(), "cents", "" + order.cents()));
  }

  @Override
  public String charge(Order order, String token) throws IOException, InterruptedException {
    return post("charge", Map.of("id", order.id(), "cents", "" + order.cents(), "token", token));
  }

  @Override
  public String revoke(Order order) throws IOException, InterruptedException {
    return post("void", Map.of("id", order.id()));
  }

  @Override
  public void mail(Order order, String receipt, String key)
      throws IOException, InterruptedException {
    post("mail", Map.of("id", order.id(), "receipt", receipt, "key", key));
  }

  private String post(String what, Map<String, String> fields)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.get().resolve("/" + what))
            .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
            .build();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException("The payment service does not answer.", e);
    }
    if (response.statusCode() != 200) {
      throw new IOException(response.body());
    }
    return response.body();
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
