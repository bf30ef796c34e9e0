/**
 * The program that draws logits at the pixels of the screen, by the coordinate rule of the reference (see
 * docs/coordinates.md): bilinear from the logits to the padded model square, crop, bilinear to the image.
 */

/** A triangle that covers the canvas. */
export const VERTEX_SHADER = `#version 300 es
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
}`;

/** Colours one pixel; lengths are in pixels of the screen, y upwards as WebGL has it. */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp sampler2D;

uniform sampler2D u_logits;
uniform sampler2D u_over;
uniform vec2 u_offset;
uniform float u_scale;
uniform float u_canvasHeight;
uniform float u_pixelRatio;
uniform vec2 u_imageSize;
uniform vec2 u_inputSize;
uniform float u_modelSize;
uniform float u_side;
uniform float u_threshold;
uniform float u_overThreshold;
uniform bool u_hasOver;
uniform bool u_dashed;
uniform bool u_uncertain;
uniform vec3 u_color;
uniform float u_fill;
out vec4 o_color;

const float LINE = ${1.5};
const float HALO = ${3.5};
const vec3 HALO_COLOR = vec3(10.0, 11.0, 13.0) / 255.0;
const float HALO_ALPHA = 0.62;
const vec3 REMOVED = vec3(255.0, 90.0, 79.0) / 255.0;
const vec3 UNSURE = vec3(240.0, 60.0, 255.0) / 255.0;

// The first of three neighbouring logits along one axis, and their weights.
struct Taps { int base; vec3 weights; };

Taps tapsAlong(float position, float imageLength, float inputLength) {
  float outer = max(position * inputLength / imageLength - 0.5, 0.0);
  float low = min(floor(outer), inputLength - 1.0);
  float share = min(outer - low, 1.0);
  float high = min(low + 1.0, inputLength - 1.0);
  float toLow = u_side / u_modelSize;
  float a = max((low + 0.5) * toLow - 0.5, 0.0);
  float b = max((high + 0.5) * toLow - 0.5, 0.0);
  float firstLow = min(floor(a), u_side - 1.0);
  float secondLow = min(floor(b), u_side - 1.0);
  float firstShare = min(a - firstLow, 1.0);
  float secondShare = min(b - secondLow, 1.0);
  vec3 weights = vec3((1.0 - share) * (1.0 - firstShare), (1.0 - share) * firstShare, 0.0);
  vec2 second = vec2(share * (1.0 - secondShare), share * secondShare);
  if (secondLow > firstLow) weights.yz += second;
  else weights.xy += second;
  return Taps(int(firstLow), weights);
}

float valueAt(sampler2D logits, Taps column, Taps row) {
  int last = int(u_side) - 1;
  float value = 0.0;
  for (int y = 0; y < 3; y += 1) {
    float line = 0.0;
    for (int x = 0; x < 3; x += 1) {
      ivec2 place = min(ivec2(column.base + x, row.base + y), ivec2(last));
      line += column.weights[x] * texelFetch(logits, place, 0).r;
    }
    value += row.weights[y] * line;
  }
  return value;
}

// Whether the outline is really there: a value near the threshold may also be a dip that stays on its side.
bool crossesBeyond(vec2 image, vec2 slope, float distance, float value) {
  vec2 uphill = normalize(vec2(slope.x, -slope.y) + 1e-12);
  vec2 beyond = image - uphill * (distance + sign(distance)) / u_scale;
  Taps column = tapsAlong(beyond.x, u_imageSize.x, u_inputSize.x);
  Taps row = tapsAlong(beyond.y, u_imageSize.y, u_inputSize.y);
  return (valueAt(u_logits, column, row) - u_threshold) * value <= 0.0;
}

// Puts a colour over what is there, both multiplied by their opacity.
vec4 over(vec4 below, vec3 color, float alpha) {
  return vec4(color * alpha, alpha) + below * (1.0 - alpha);
}

void main() {
  vec2 screen = vec2(gl_FragCoord.x, u_canvasHeight - gl_FragCoord.y);
  vec2 image = (screen - u_offset) / u_scale;
  Taps column = tapsAlong(image.x, u_imageSize.x, u_inputSize.x);
  Taps row = tapsAlong(image.y, u_imageSize.y, u_inputSize.y);
  float value = valueAt(u_logits, column, row) - u_threshold;
  vec2 slope = vec2(dFdx(value), dFdy(value));

  vec2 toBorder = min(image, u_imageSize - image) * u_scale;
  float border = min(toBorder.x, toBorder.y);
  if (border < 0.0) discard;

  // Distance to the outline in screen pixels, positive inside; the image's border closes it.
  float distance = value / max(length(slope), 1e-6);
  if (abs(distance) < HALO * u_pixelRatio && !crossesBeyond(image, slope, distance, value)) distance = sign(value) * 1e6;
  distance = min(distance, border);
  float inside = smoothstep(-0.5, 0.5, distance);
  vec4 color = vec4(0.0);

  if (u_hasOver) {
    float removed = (1.0 - inside) * step(u_overThreshold, valueAt(u_over, column, row));
    float hatch = step(0.5, fract((screen.x + screen.y) / (7.0 * u_pixelRatio)));
    color = over(color, REMOVED, removed * mix(0.22, 0.55, hatch));
  }
  color = over(color, u_color, u_fill * inside);
  if (u_uncertain) {
    float sure = abs(2.0 / (1.0 + exp(-value)) - 1.0);
    color = over(color, UNSURE, 0.85 * (1.0 - sure));
  }

  float reach = abs(distance);
  float halo = 1.0 - smoothstep(0.5 * HALO * u_pixelRatio - 0.5, 0.5 * HALO * u_pixelRatio + 0.5, reach);
  float line = 1.0 - smoothstep(0.5 * LINE * u_pixelRatio - 0.5, 0.5 * LINE * u_pixelRatio + 0.5, reach);
  // Along the outline: across the axis that it crosses least.
  float along = abs(slope.x) > abs(slope.y) ? screen.y : screen.x;
  if (u_dashed) line *= step(fract(along / (10.0 * u_pixelRatio)), 0.6);
  color = over(color, HALO_COLOR, HALO_ALPHA * halo);
  color = over(color, vec3(1.0), line);
  o_color = color;
}`;
