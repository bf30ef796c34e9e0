"""The decoder's transformer: prompts look at the image, and the image at the prompts."""

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from sam_core.modeling.common import MLPBlock


class TwoWayTransformer(nn.Module):
    """Update prompt tokens and image features with each other.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, appendix A, figure 14.

    Args:
        depth: Number of two-way layers.
        embedding_dim: Width of tokens and image features.
        num_heads: Heads of every attention; must divide the inner width.
        mlp_dim: Hidden width of the MLP on the tokens.
        activation: Activation of that MLP.
        attention_downsample_rate: How many times narrower cross-attention is inside.
    """

    def __init__(
        self,
        depth: int,
        embedding_dim: int,
        num_heads: int,
        mlp_dim: int,
        activation: type[nn.Module] = nn.ReLU,
        attention_downsample_rate: int = 2,
    ) -> None:
        super().__init__()
        self.depth = depth
        self.embedding_dim = embedding_dim
        self.num_heads = num_heads
        self.mlp_dim = mlp_dim
        self.layers = nn.ModuleList(
            TwoWayAttentionBlock(
                embedding_dim=embedding_dim,
                num_heads=num_heads,
                mlp_dim=mlp_dim,
                activation=activation,
                attention_downsample_rate=attention_downsample_rate,
                skip_first_layer_pe=index == 0,
            )
            for index in range(depth)
        )
        self.final_attn_token_to_image = Attention(
            embedding_dim, num_heads, downsample_rate=attention_downsample_rate
        )
        self.norm_final_attn = nn.LayerNorm(embedding_dim)

    def forward(
        self,
        image_embedding: Float[Tensor, "b c h w"],
        image_pe: Float[Tensor, "b c h w"],
        point_embedding: Float[Tensor, "b n c"],
    ) -> tuple[Float[Tensor, "b n c"], Float[Tensor, "b hw c"]]:
        """Return the updated tokens and the updated image features.

        Args:
            image_embedding: Image features with the dense prompt added.
            image_pe: Positional encoding of every cell.
            point_embedding: Output tokens followed by the sparse prompts; it also serves as
                their positional encoding, and is added again at every attention.
        """
        keys = image_embedding.flatten(2).transpose(1, 2)  # (b, hw, c)
        key_pe = image_pe.flatten(2).transpose(1, 2)
        queries = point_embedding
        for layer in self.layers:
            queries, keys = layer(queries, keys, point_embedding, key_pe)
        attended = self.final_attn_token_to_image(
            q=queries + point_embedding, k=keys + key_pe, v=keys
        )
        return self.norm_final_attn(queries + attended), keys


class TwoWayAttentionBlock(nn.Module):
    """Self-attention of tokens, tokens to image, MLP on tokens, image to tokens."""

    def __init__(
        self,
        embedding_dim: int,
        num_heads: int,
        mlp_dim: int = 2048,
        activation: type[nn.Module] = nn.ReLU,
        attention_downsample_rate: int = 2,
        skip_first_layer_pe: bool = False,
    ) -> None:
        super().__init__()
        self.self_attn = Attention(embedding_dim, num_heads)
        self.norm1 = nn.LayerNorm(embedding_dim)
        self.cross_attn_token_to_image = Attention(
            embedding_dim, num_heads, downsample_rate=attention_downsample_rate
        )
        self.norm2 = nn.LayerNorm(embedding_dim)
        self.mlp = MLPBlock(embedding_dim, mlp_dim, activation)
        self.norm3 = nn.LayerNorm(embedding_dim)
        self.norm4 = nn.LayerNorm(embedding_dim)
        self.cross_attn_image_to_token = Attention(
            embedding_dim, num_heads, downsample_rate=attention_downsample_rate
        )
        self.skip_first_layer_pe = skip_first_layer_pe

    def forward(
        self,
        queries: Float[Tensor, "b n c"],
        keys: Float[Tensor, "b hw c"],
        query_pe: Float[Tensor, "b n c"],
        key_pe: Float[Tensor, "b hw c"],
    ) -> tuple[Float[Tensor, "b n c"], Float[Tensor, "b hw c"]]:
        """Return the updated tokens and image features."""
        queries = self.norm1(self.attend_to_each_other(queries, query_pe))
        positioned_keys = keys + key_pe
        attended = self.cross_attn_token_to_image(q=queries + query_pe, k=positioned_keys, v=keys)
        queries = self.norm2(queries + attended)
        queries = self.norm3(queries + self.mlp(queries))
        attended = self.cross_attn_image_to_token(
            q=positioned_keys, k=queries + query_pe, v=queries
        )
        return queries, self.norm4(keys + attended)

    def attend_to_each_other(
        self, queries: Float[Tensor, "b n c"], query_pe: Float[Tensor, "b n c"]
    ) -> Float[Tensor, "b n c"]:
        """Return the tokens with what they saw of each other, not normalised yet."""
        # In the first layer the tokens are their own positional encoding, so neither
        # the encoding nor the residual is added (as published).
        if self.skip_first_layer_pe:
            first: Tensor = self.self_attn(q=queries, k=queries, v=queries)
            return first
        positioned = queries + query_pe
        attended: Tensor = self.self_attn(q=positioned, k=positioned, v=queries)
        return queries + attended


class Attention(nn.Module):
    """Multi-head attention that may be narrower inside than outside."""

    def __init__(self, embedding_dim: int, num_heads: int, downsample_rate: int = 1) -> None:
        super().__init__()
        self.embedding_dim = embedding_dim
        self.internal_dim = embedding_dim // downsample_rate
        self.num_heads = num_heads
        self.q_proj = nn.Linear(embedding_dim, self.internal_dim)
        self.k_proj = nn.Linear(embedding_dim, self.internal_dim)
        self.v_proj = nn.Linear(embedding_dim, self.internal_dim)
        self.out_proj = nn.Linear(self.internal_dim, embedding_dim)

    def forward(
        self,
        q: Float[Tensor, "b queries c"],
        k: Float[Tensor, "b keys c"],
        v: Float[Tensor, "b keys c"],
    ) -> Float[Tensor, "b queries c"]:
        """Return, per query, the values weighted by the similarity of their keys."""
        attended = functional.scaled_dot_product_attention(
            self._split_heads(self.q_proj(q)),
            self._split_heads(self.k_proj(k)),
            self._split_heads(self.v_proj(v)),
        )
        out: Tensor = self.out_proj(attended.transpose(1, 2).flatten(2))
        return out

    def _split_heads(self, x: Float[Tensor, "b n c"]) -> Float[Tensor, "b heads n d"]:
        return x.reshape(*x.shape[:2], self.num_heads, -1).transpose(1, 2)
