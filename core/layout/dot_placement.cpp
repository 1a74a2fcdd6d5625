// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that includes Graphviz. It is used for ranks and horizontal places alone; its own
// reading and writing of numbers follows the process's locale, so the locale of this thread is set
// aside.
#include "core/layout/placement.h"

#include <graphviz/gvc.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <clocale>
#include <cmath>
#include <memory>
#include <mutex>
#include <string>

namespace sightglass {

namespace {

constexpr double pointsPerInch = 72;

struct CloseGraph
{
    GVC_t* context = nullptr;

    void operator()(Agraph_t* graph) const
    {
        gvFreeLayout(context, graph);
        agclose(graph);
    }
};

using Context = std::unique_ptr<GVC_t, decltype([](GVC_t* context) { gvFreeContext(context); })>;
using Graph = std::unique_ptr<Agraph_t, CloseGraph>;

/// Point as decimal sign for this thread, as long as it lives.
class PlainNumbers
{
public:
    PlainNumbers()
        : m_plain(newlocale(LC_NUMERIC_MASK, "C", static_cast<locale_t>(nullptr)))
        , m_before(uselocale(m_plain))
    {}

    ~PlainNumbers()
    {
        uselocale(m_before);
        if (m_plain != static_cast<locale_t>(nullptr))
            freelocale(m_plain);
    }

    PlainNumbers(const PlainNumbers&) = delete;
    PlainNumbers& operator=(const PlainNumbers&) = delete;

private:
    locale_t m_plain;
    locale_t m_before;
};

std::string inches(double pixels)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(),
                                   text.data() + text.size(),
                                   pixels / pointsPerInch,
                                   std::chars_format::fixed,
                                   4);
    return {text.data(), end.ptr};
}

/// Graphviz takes text as char* and only copies it.
void setAttribute(void* object, const char* name, const std::string& value)
{
    agsafeset(
        object, const_cast<char*>(name), const_cast<char*>(value.c_str()), const_cast<char*>(""));
}

struct Built
{
    std::vector<Agnode_t*> nodes; ///< per Piece::nodes; owned by the graph
    std::vector<Agedge_t*> edges; ///< per Piece::edges
};

Built buildGraph(Agraph_t* graph,
                 const Skeleton& skeleton,
                 const Piece& piece,
                 const CardSizes& sizes)
{
    setAttribute(graph, "nodesep", inches(sizes.gapAcross));
    setAttribute(graph, "ranksep", inches(sizes.gapDown));
    setAttribute(graph, "splines", "spline");
    Built built;
    for (const std::uint32_t index : piece.nodes) {
        const NodeSize size = roomOf(skeleton.nodes[index], sizes);
        Agnode_t* node = agnode(graph, nullptr, 1);
        setAttribute(node, "shape", "box");
        setAttribute(node, "label", "");
        setAttribute(node, "fixedsize", "true");
        setAttribute(node, "width", inches(size.width));
        setAttribute(node, "height", inches(size.height));
        built.nodes.push_back(node);
    }
    for (const PieceEdge& edge : piece.edges) {
        Agedge_t* line =
            agedge(graph, built.nodes[edge.upper], built.nodes[edge.lower], nullptr, 1);
        setAttribute(line, "dir", "none");
        const bool strong = skeleton.edges[edge.edge].kind != EdgeKind::Dependency;
        setAttribute(line, "weight", strong ? "4" : "1");
        built.edges.push_back(line);
    }
    return built;
}

/// Ranks from the heights that dot gave: nodes of one rank have one height.
std::vector<std::uint32_t> ranksOf(const std::vector<Agnode_t*>& nodes,
                                   std::vector<double>& heights)
{
    heights.clear();
    for (Agnode_t* node : nodes)
        heights.push_back(ND_coord(node).y);
    std::sort(heights.begin(), heights.end(), std::greater<>());
    const auto same = [](double a, double b) { return std::abs(a - b) < 0.5; };
    heights.erase(std::unique(heights.begin(), heights.end(), same), heights.end());
    std::vector<std::uint32_t> ranks;
    for (Agnode_t* node : nodes) {
        const double y = ND_coord(node).y;
        const auto at =
            std::find_if(heights.begin(), heights.end(), [&](double h) { return same(h, y); });
        ranks.push_back(static_cast<std::uint32_t>(at - heights.begin()));
    }
    return ranks;
}

double bezierAt(double a, double b, double c, double d, double t)
{
    const double s = 1 - t;
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/// The edge's curve as points from its upper end to its lower one, y as in dot; two when dot gave
/// no curve.
std::vector<Point> curveOf(Agedge_t* edge)
{
    const auto start = ND_coord(agtail(edge));
    const auto end = ND_coord(aghead(edge));
    std::vector<Point> points{{start.x, start.y}};
    const splines* curve = ED_spl(edge);
    if (curve != nullptr && curve->size > 0 && curve->list != nullptr) {
        const bezier& part = curve->list[0];
        for (int i = 0; i + 3 < part.size; i += 3) {
            const auto* p = part.list + i;
            for (int step = 1; step <= 12; ++step) {
                const double t = step / 12.0;
                points.push_back({bezierAt(p[0].x, p[1].x, p[2].x, p[3].x, t),
                                  bezierAt(p[0].y, p[1].y, p[2].y, p[3].y, t)});
            }
        }
    }
    points.push_back({end.x, end.y});
    return points;
}

/// Where the curve first comes down to `height`.
double crossing(const std::vector<Point>& curve, double height)
{
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const Point& above = curve[i - 1];
        const Point& below = curve[i];
        if (below.y > height || above.y < height)
            continue;
        const double span = above.y - below.y;
        const double share = span > 0 ? (above.y - height) / span : 0;
        return above.x + share * (below.x - above.x);
    }
    return curve.back().x;
}

RankedPiece readPlaces(const Built& built, const Piece& piece)
{
    RankedPiece result;
    std::vector<double> heights;
    result.rank = ranksOf(built.nodes, heights);
    for (Agnode_t* node : built.nodes)
        result.x.push_back(ND_coord(node).x);
    result.passages.resize(piece.edges.size());
    for (std::size_t i = 0; i < piece.edges.size(); ++i) {
        const std::uint32_t first = result.rank[piece.edges[i].upper] + 1;
        const std::uint32_t end = result.rank[piece.edges[i].lower];
        if (first >= end)
            continue;
        const auto curve = curveOf(built.edges[i]);
        for (std::uint32_t rank = first; rank < end; ++rank)
            result.passages[i].push_back(
                {.first = rank, .last = rank, .x = crossing(curve, heights[rank])});
    }
    return result;
}

} // namespace

std::optional<RankedPiece>
placeByDot(const Skeleton& skeleton, const Piece& piece, const CardSizes& sizes)
{
    static std::mutex oneAtATime;
    const std::scoped_lock lock(oneAtATime);
    const PlainNumbers plainNumbers;
    // What Graphviz has to say about a layout is no news for anybody.
    agseterrf([](char*) { return 0; });
    agseterr(AGMAX);
    const Context context(gvContext());
    if (!context)
        return std::nullopt;
    const Graph graph(agopen(const_cast<char*>("chain"), Agdirected, nullptr),
                      CloseGraph{context.get()});
    const Built built = buildGraph(graph.get(), skeleton, piece, sizes);
    if (gvLayout(context.get(), graph.get(), "dot") != 0)
        return std::nullopt;
    return readPlaces(built, piece);
}

} // namespace sightglass
