package org.glip.engine;

import ai.djl.Device;

/**
 * What is compiled into a tower's operators.
 *
 * @param heads attention heads, at least 1
 * @param quickGelu whether the MLP uses {@code x * sigmoid(1.702 x)} (OpenAI's weights) in place of the exact GELU
 * @param precision number format of matrix products
 * @param route way of float32 matrix products; has no effect at {@link Precision#BF16}
 */
public record OperatorSettings(int heads, boolean quickGelu, Precision precision, MatrixRoute route) {
    /** Checks the number of heads. */
    public OperatorSettings {
        if (heads < 1) {
            throw new IllegalArgumentException("attention heads must be at least 1, not " + heads);
        }
    }

    /**
     * The settings as TorchScript functions, to stand before the operators' source.
     *
     * @param device where the operators compute
     */
    String prelude(Device device) {
        boolean onGpu = device.isGpu();
        String product = precision == Precision.BF16 ? """
                  bias = b
                  if bias is not None:
                    bias = torch.to(bias, 15)
                  return torch.linear(torch.to(x, 15), torch.to(w, 15), bias)
                """ : route.body();
        String gelu = quickGelu ? "x * torch.sigmoid(x * 1.702)" : "torch.gelu(x)";
        String geluBack = quickGelu ? "torch.silu_backward(g, x * 1.702)" : "torch.gelu_backward(g, x)";
        return "def heads() -> int:\n  return " + heads + "\n"
                + "def activation(x: Tensor) -> Tensor:\n  return " + gelu + "\n"
                // On a CPU the fused attention's bfloat16 backward pass is several times slower than its float32 one.
                + "def attention_input(x: Tensor) -> Tensor:\n  return "
                + (precision == Precision.BF16 && !onGpu ? "torch.to(x, 6)" : "x") + "\n"
                + "def host_memory(size: List[int], format: int) -> Tensor:\n  return torch.empty(size, dtype=format, "
                + "device=torch.device(\"cpu\")" + (onGpu ? ", pin_memory=True" : "") + ")\n"
                // Without waiting, and always a copy.
                + "def to_device(x: Tensor) -> Tensor:\n  return torch.to(x, torch.device(\"" + Devices.label(device)
                + "\"), None, True, True)\n"
                + "def matrix_factor(x: Tensor) -> Tensor:\n  return "
                + (precision == Precision.BF16 ? "torch.to(x, 15)" : "x") + "\n"
                + "def matrix_product(x: Tensor, w: Tensor, b: Optional[Tensor]) -> Tensor:\n"
                + product.stripIndent().indent(2)
                + "def activation_back(g: Tensor, x: Tensor) -> Tensor:\n  return " + geluBack + "\n"
                + "def product_gradients(g: Tensor, x: Tensor, w: Tensor) -> Tuple[Tensor, Tensor, Tensor]:\n"
                + (precision == Precision.BF16 ? MatrixRoute.LINEAR : route)
                        .gradientBody()
                        .stripIndent()
                        .indent(2);
    }
}
